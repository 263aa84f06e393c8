"""Why a backup is not made, read or put back. It is read at the command line of the server, and
the first five on the page of a job too."""

from survey.complaints import Catalogue, Entry, Refused
from survey.terms import gettext_noop as _


class BackupRefusedError(Refused):
    """A backup that cannot be made, read or put back; nothing was changed."""

    catalogue = Catalogue(
        entries={
            "no_recipient": Entry(
                _("There is no public key to encrypt to."),
                _("Name one; `make_backup_key` makes it with its secret key."),
            ),
            "exists": Entry(_("%(value)s exists already."), _("Wait a second or name another folder.")),
            "recipient": Entry(_("“%(value)s” is no public key."), _("`make_backup_key` prints one.")),
            "no_program": Entry(
                _("%(value)s is not installed on the server."), _("On Debian it is in the package postgresql-client.")
            ),
            "program": Entry(_("%(value)s says: %(said)s"), _("Mend what it names, and begin again.")),
            "identity_unread": Entry(
                "The file with the secret key cannot be read: %(value)s.", "Give a file that this user may read."
            ),
            "identity": Entry("%(value)s holds no secret key.", "Give the file that `make_backup_key` wrote."),
            "file": Entry("%(value)s cannot be read: %(error)s.", "Give a file that this user may read."),
            "key_or_damage": Entry(
                "%(value)s cannot be opened: %(error)s. The key is another one, or the file is damaged.",
                "Give the secret key of that backup, or take another backup.",
            ),
            "format": Entry(
                "%(value)s has format %(found)s; this release reads %(known)s.", "Use the release that made it."
            ),
            "digest": Entry("%(member)s in %(value)s is not what was put in.", "Take another backup."),
            "database": Entry("The database in %(value)s is not whole: %(problem)s", "Take another backup."),
            "not_empty": Entry(
                "The database holds data.",
                "Restore into an empty one, or give --overwrite to replace everything in it.",
            ),
            "vendor": Entry(
                "The backup is of %(value)s, this installation uses %(here)s.",
                "Restore into a database of the same kind.",
            ),
        }
    )
