"""Settings, read from the environment; ``.env.example`` documents each."""

import hashlib
import os
import sys
from pathlib import Path

import environ
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from config.databases import database
from config.directory import DIRECTORY_BACKEND, directory
from config.files import file_storage
from config.product import fingerprint
from config.sign_on import SIGN_ON_BACKEND, sign_on

# Tables need many small decompositions: threads of the linear algebra library only get in each other's way.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()
env.read_env(BASE_DIR / ".env", overwrite=False)

# Off unless asked for: a forgotten setting must not show error details or sign with a key that everybody knows.
DEBUG = env.bool("DEBUG", default=False)
# The one command that has to run before there are keys.
MAKES_KEYS = sys.argv[1:2] == ["make_keys"]
DEVELOPMENT_KEY = "development-only-key-that-must-never-sign-anything-real"
KEY_LENGTH = 50
HOW_TO_MAKE_KEYS = "Run `manage.py make_keys` to write an .env with fresh keys, or set DEBUG=1 to try things out."
SECRET_KEY = env.str("SECRET_KEY", default="") or (DEVELOPMENT_KEY if DEBUG or MAKES_KEYS else "")
# Access codes are derived with a key of their own, so that a new SECRET_KEY does not change codes already sent.
ACCESS_CODE_KEY = env.str("ACCESS_CODE_KEY", default="")
if not (DEBUG or MAKES_KEYS):
    for name, key in (("SECRET_KEY", SECRET_KEY), ("ACCESS_CODE_KEY", ACCESS_CODE_KEY)):
        if key == DEVELOPMENT_KEY or len(key) < KEY_LENGTH:
            raise ImproperlyConfigured(f"Set {name} to a random text of {KEY_LENGTH} characters. {HOW_TO_MAKE_KEYS}")
    if ACCESS_CODE_KEY == SECRET_KEY:
        raise ImproperlyConfigured(f"SECRET_KEY and ACCESS_CODE_KEY must differ. {HOW_TO_MAKE_KEYS}")
ACCESS_CODE_KEY = ACCESS_CODE_KEY or hashlib.sha256(f"access codes of {SECRET_KEY}".encode()).hexdigest()

# Of hashlib (OpenSSL), with digests of 32 bytes: sha256, sm3, sha3_256. See survey/algorithms.py and docs/operating.md.
DIGEST_ALGORITHM = env.str("DIGEST_ALGORITHM", default="sha256")

ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"] if DEBUG else [])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
# Without an address of a mail server nothing is sent, and no page offers it.
EMAIL_URL = env.str("EMAIL_URL", default="")
SENDS_MAIL = bool(EMAIL_URL)
if SENDS_MAIL:
    globals().update(env.email_url("EMAIL_URL"))
else:
    # Nothing leaves the machine: with DEBUG what would be sent is written to the log of whoever would send it.
    EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
EMAIL_TIMEOUT = 10
# The most e-mails of a mailing that are handed to the mail server in a minute.
MAIL_PER_MINUTE = env.int("MAIL_PER_MINUTE", default=300)
# Where firms find the questionnaire, for mailings that no page asks for.
SITE_URL = env.str("SITE_URL", default="")
DEFAULT_FROM_EMAIL = env.str("MAIL_FROM", default="webmaster@localhost")
VAR_DIR = Path(env.str("VAR_DIR", default=str(BASE_DIR / "var")))

INSTALLED_APPS = [
    "survey.apps.OfficeConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.forms",
    "axes",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django_otp.plugins.otp_static",
    "simple_history",
    "crispy_forms",
    "crispy_bootstrap5",
    "bootstrap",
    "django_tasks",
    "django_tasks_db",
    "survey.apps.SurveyConfig",
]

# First what every answer needs, and what answers without database and session; then who asks, before whatever counts or
# refuses by address; staff are let through last, once session, account and language are known.
MIDDLEWARE = [
    "survey.views.operation.request_id.RequestIdMiddleware",
    "survey.views.operation.health.HealthMiddleware",
    "config.overload.OverloadMiddleware",
    "survey.views.operation.client_address.ClientAddressMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "survey.views.security.ContentSecurityPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "survey.views.speaking.SpeakingMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "survey.views.operation.staff_session.StaffIdleMiddleware",
    "survey.views.operation.two_factor.TwoFactorMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "survey.views.site.demonstration",
            ]
        },
    }
]

DATABASES = {"default": database(env, VAR_DIR)}

# Shared by all workers: a figure that one has made is there for the others. Files, because prepared waves are too
# large for rows of the database; each is written beside its place and then moved, so that nobody reads half of one.
CACHES = {"default": env.cache_url("CACHE_URL", default=f"filecache://{VAR_DIR / 'cache'}")}
FINGERPRINT = fingerprint(BASE_DIR)
CACHES["default"]["KEY_PREFIX"] = FINGERPRINT
if CACHES["default"]["BACKEND"].endswith("FileBasedCache"):
    CACHES["default"]["BACKEND"] = "config.file_cache.FileCache"
    CACHES["default"].setdefault("OPTIONS", {}).setdefault("MAX_ENTRIES", 2000)
# Coded answers, stored once for all workers; another folder only where workers of several machines share a disk.
EXTRACT_DIR = env.str("EXTRACT_DIR", default=str(VAR_DIR / "extract"))
# What they are joined to and known by lies beside them, and outlives the figures that are made from both.
CACHES["extract"] = {
    "BACKEND": "config.file_cache.FileCache",
    "LOCATION": f"{EXTRACT_DIR}/beside",
    "OPTIONS": {"MAX_ENTRIES": 2000},
}
# One queue, in the database itself: what is asked for in a transaction is in the queue exactly if it commits.
# What takes minutes waits in "proofs", so that a worker of its own can do it while an import goes on in the other.
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default", "proofs"]}}
# Processes that prove one cut beside one another, as many as there are processors if nothing is said.
PROOF_PROCESSES = env.int("PROOF_PROCESSES", default=os.cpu_count() or 1)
# Days that ended jobs and their files are kept, and that a list of firms waits for its decision.
JOB_RETENTION_DAYS = env.int("JOB_RETENTION_DAYS", default=30)
FRAME_IMPORT_EXPIRY_DAYS = env.int("FRAME_IMPORT_EXPIRY_DAYS", default=14)
# Days that what was deleted in the office can be put back.
REMOVED_RETENTION_DAYS = env.int("REMOVED_RETENTION_DAYS", default=30)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Proxies of one's own before the server: their number, or their networks separated by commas; none by default.
TRUSTED_PROXIES = env.str("TRUSTED_PROXIES", default="")

# Axes first: whoever is locked is refused before a password is compared, here or in a directory.
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
# Accounts of the organisation beside passwords: each needs an account of the office with the same name.
OIDC_ISSUER = env.str("OIDC_ISSUER", default="")
if OIDC_ISSUER:
    globals().update(sign_on(env))
    AUTHENTICATION_BACKENDS.append(SIGN_ON_BACKEND)
LDAP_URI = env.str("LDAP_URI", default="")
LDAP_USER_DN = env.str("LDAP_USER_DN", default="")
if LDAP_URI:
    globals().update(directory(LDAP_URI, LDAP_USER_DN))
    AUTHENTICATION_BACKENDS.insert(1, DIRECTORY_BACKEND)
# By length and a list of those in use everywhere, as NIST SP 800-63B asks; rules on kinds of characters only tire.
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
# What was stored with another one is recognised still, and stored anew at the next login.
PASSWORD_HASHERS = [
    *(["config.passwords.PBKDF2SM3PasswordHasher"] if DIGEST_ALGORITHM == "sm3" else []),
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2SHA1PasswordHasher",
    *([] if DIGEST_ALGORITHM == "sm3" else ["config.passwords.PBKDF2SM3PasswordHasher"]),
]
LOGIN_URL = "admin:login"
# Roles whose staff log in with a second factor; "all" for every one that there is or will be, "none" for nobody.
TWO_FACTOR_ROLES = env.list("TWO_FACTOR_ROLES", default=["none"] if DEBUG else ["all"])
OTP_TOTP_ISSUER = "Tongdian"
STAFF_IDLE_SECONDS = env.int("STAFF_IDLE_SECONDS", default=1800)
AXES_HANDLER = "survey.services.operation.login_limits.AccountAndAddressHandler"
AXES_FAILURE_LIMIT = env.int("LOGIN_FAILURES", default=10)
LOGIN_FAILURES_PER_ADDRESS = env.int("LOGIN_FAILURES_PER_ADDRESS", default=50)
# In hours. Long enough that guessing does not pay, short enough that nobody has to be called who mistyped.
AXES_COOLOFF_TIME = 0.25
# An account is locked for the address that guesses, not for everybody: nobody can lock a colleague out from outside.
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_IPWARE_META_PRECEDENCE_ORDER = ["REMOTE_ADDR"]
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_TEMPLATE = "registration/locked_out.html"

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("Chinese")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = ["config.formats"]
TIME_ZONE = env.str("TIME_ZONE", default="Asia/Shanghai")
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = VAR_DIR / "static"
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "survey.views.results.vega.VegaFinder",
]
STORAGES = {
    "default": file_storage(env),
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = DEBUG
FILE_UPLOAD_HANDLERS = [
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "survey.views.unnamed_uploads.UnnamedUploadHandler",
]
MEDIA_ROOT = VAR_DIR / "media"
# Backups go here, encrypted to these public keys; the secret ones are never on the server.
BACKUP_DIR = env.str("BACKUP_DIR", default=str(VAR_DIR / "backups"))
BACKUP_RECIPIENTS = env.list("BACKUP_RECIPIENTS", default=[])
# The class that backups are encrypted with; one by SM4 takes its place by its dotted path. See survey/algorithms.py.
BACKUP_SEALING = env.str("BACKUP_SEALING", default="survey.age_sealing.AgeSealing")
# Hours after which the worker makes the next one, and days that they are kept; 0 for never, and for ever.
BACKUP_EVERY_HOURS = env.int("BACKUP_EVERY_HOURS", default=0)
# A cut of each wave that has changed, so often; 0 leaves cuts to people and to other schedulers.
CUT_EVERY_HOURS = env.int("CUT_EVERY_HOURS", default=24)
BACKUP_KEEP_DAYS = env.int("BACKUP_KEEP_DAYS", default=0)

CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"
SIMPLE_HISTORY_ENFORCE_HISTORY_MODEL_PERMISSIONS = True

# A document with every question answered in full is far below this; larger posts are refused with a sentence.
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1000
FRAME_UPLOAD_MAX_BYTES = env.int("FRAME_UPLOAD_MAX_BYTES", default=60_000_000)

SESSION_ENGINE = "config.sessions"
# A working day: firms look figures up between two pages. Staff are logged out sooner (STAFF_IDLE_SECONDS).
SESSION_COOKIE_AGE = 8 * 3600
SESSION_COOKIE_HTTPONLY = True
# Not Strict: the provider of accounts leads back from another site, and the login is known by this cookie.
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "survey.views.failures.csrf_failure"
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
HTTPS = env.bool("HTTPS", default=not DEBUG)
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SECURE = HTTPS
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
# Only where a proxy of one's own sets the header and strips it from clients.
if env.bool("BEHIND_TLS_PROXY", default=False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# Requests that may wait for a thread of one worker; those that come on top are told to come again in some seconds.
WAITING_REQUESTS = env.int("WAITING_REQUESTS", default=200)

# Failed access codes per client address: this many within the window, then a wait; valid codes always get in.
ACCESS_CODE_FAILURES = env.int("ACCESS_CODE_FAILURES", default=20)
ACCESS_CODE_WINDOW_SECONDS = env.int("ACCESS_CODE_WINDOW_SECONDS", default=900)

# Free megabytes below which the site says that it is not ready, and how the log is written: text, or json.
READY_FREE_MB = env.int("READY_FREE_MB", default=500)
LOG_FORMAT = env.str("LOG_FORMAT", default="text")
if LOG_FORMAT not in ("text", "json"):
    raise ImproperlyConfigured("LOG_FORMAT is neither text nor json.")
# Where the web workers count their requests for `manage.py metrics`; "" counts nothing.
METRICS_DIR = env.str("METRICS_DIR", default="")
if METRICS_DIR:
    Path(METRICS_DIR).mkdir(parents=True, exist_ok=True)
    # Before anything imports the library, which looks here once.
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = METRICS_DIR
    MIDDLEWARE.insert(0, "config.metrics.MetricsMiddleware")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"request": {"()": "config.logs.RequestFilter"}},
    "formatters": {"text": {"()": "config.logs.TextFormatter"}, "json": {"()": "config.logs.JsonFormatter"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "filters": ["request"], "formatter": LOG_FORMAT}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="INFO")},
    "loggers": {"axes": {"level": "WARNING"}, "django_auth_ldap": {"level": "WARNING"}},
}
