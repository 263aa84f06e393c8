"""What lint can find in an analysis plan."""

from survey.instrument.lint.entry import error, warning
from survey.terms import gettext_noop as _

PLAN_FIELD_WORDS = {
    "base": _("base"),
    "change_text": _("title of the change"),
    "finding": _("sentence about the figure"),
    "marked_text": _("words for the marked steps"),
    "name": _("name in a sentence"),
    "note": _("note"),
    "page_text": _("title on the page"),
    "paragraph": _("paragraph"),
    "reference.name": _("name of the reference value"),
    "reference.source": _("source of the reference value"),
    "reference.text": _("words for the reference value"),
    "row_text": _("word for a row"),
    "reason": _("reason of the stated share"),
    "stated": _("stated eligible shares"),
    "margins": _("counts that are met"),
    "low": _("bounds of the factors"),
    "crossings": _("groups two at once"),
    "filled": _("items that are filled"),
    "weighed_down": _("items that are weighed down"),
}

# Errors where a figure could not be made or would say something else; the others are warnings.
PLAN_ENTRIES = {
    "plan_code_twice": error(
        _("The code “%(value)s” stands more than once in the plan."),
        _("Give each scale, step, theme, indicator, group, class and table its own code."),
    ),
    "plan_code_form": error(
        _("“%(value)s” cannot be a code."),
        _("Begin with a letter and use only letters, digits and underscores, 60 characters at most."),
    ),
    "plan_code_of_item": error(
        _("“%(value)s” is the code of an item already."), _("Choose another code, so that a table can tell them apart.")
    ),
    "plan_no_text": error(_("There are no words for it."), _("Write its name in both languages.")),
    "plan_unknown_item": error(
        _("The questionnaire has no item “%(value)s”."), _("Correct the code, or take it out of the plan.")
    ),
    "plan_unknown_option": error(
        _("“%(item)s” has no answer “%(value)s”."), _("Choose among the options of the item.")
    ),
    "plan_unknown_scale": error(_("The plan has no scale “%(value)s”."), _("Add the scale, or choose another one.")),
    "plan_unknown_indicator": error(
        _("The plan has no indicator “%(value)s”."), _("Add the indicator, or choose another one.")
    ),
    "plan_unknown_group": error(_("The plan has no group “%(value)s”."), _("Add the group, or choose another one.")),
    "plan_unknown_table": error(_("The plan has no table “%(value)s”."), _("Add the table, or choose another one.")),
    "plan_unknown_row": error(
        _("“%(value)s” is no item, theme or indicator."), _("Correct the code, or take the row out.")
    ),
    "scale_without_order": error(
        _("The scale has %(value)s steps; an order needs two."), _("Add the steps, from the first to the last.")
    ),
    "scale_unused": warning(_("No item is answered on the scale."), _("Name its items, or take the scale out.")),
    "scale_other_options": error(
        _("The options of “%(value)s” are not the steps of the scale."),
        _("Give the scale and its items the same codes: %(options)s."),
    ),
    "scale_item_twice": error(
        _("“%(value)s” is on two scales: this one and “%(other)s”."), _("Leave it on one of them.")
    ),
    "marked_unknown": error(_("The scale has no step “%(value)s” that could count."), _("Mark steps of the scale.")),
    "marked_without_words": warning(
        _("The marked steps have no words."), _("Write how a sentence goes on: firms that find it serious.")
    ),
    "theme_empty": error(_("The theme has no items."), _("Name the items that it brings together.")),
    "theme_off_scale": error(
        _("“%(value)s” is not answered on the scale of the theme."), _("Choose items of that scale.")
    ),
    "theme_without_mark": error(
        _("The scale “%(value)s” has no marked steps, so a theme on it counts nothing."),
        _("Mark the steps that count."),
    ),
    "indicator_without_item": error(_("The indicator is of no item."), _("Name the item that it is computed from.")),
    "indicator_without_options": error(
        _("It is not said which answers count."), _("Choose the options whose share is shown.")
    ),
    "indicator_outside_base": error(
        _("The answer “%(value)s” counts, but is not in the base."), _("Add it to the base, or leave the base empty.")
    ),
    "indicator_not_closed": error(
        _("“%(value)s” offers nothing to choose from, so there is no share."), _("Choose a closed item.")
    ),
    "indicator_not_a_number": error(_("“%(value)s” is no number."), _("Choose a numeric item.")),
    "indicator_without_denominator": error(
        _("A ratio of totals has no denominator."), _("Name the number that is divided by.")
    ),
    "indicator_without_scale": error(
        _("“%(value)s” is on no scale."), _("Add it to a scale of the plan, or choose another item.")
    ),
    "scale_without_scores": error(
        _("The steps of the scale “%(value)s” have no scores."), _("Give every step a score, such as 1, 0 and -1.")
    ),
    "index_without_parts": error(_("The index has no parts."), _("Name the indicators that it is made of.")),
    "index_weights": error(_("The weights add up to %(value)s, not to 1."), _("Correct the weights.")),
    "index_weight": error(_("The weight of “%(part)s” is %(value)s."), _("Enter a weight above 0.")),
    "index_part_kind": error(
        _("“%(value)s” is no share, balance or diffusion index."), _("Make the index of such indicators only.")
    ),
    "index_mixed": error(
        _("The parts are balances and other figures, which do not run from 0 to 100 alike."),
        _("Use balances only, or none."),
    ),
    "index_balance_inverted": error(
        _("“%(value)s” is a balance, which 100 less itself does not turn round."),
        _("Use its diffusion index, or do not invert it."),
    ),
    "reference_without_source": warning(
        _("The reference value %(value)s has no source."), _("Say where it comes from, with the year.")
    ),
    "group_item_open": error(
        _("Firms cannot be grouped by “%(value)s”: it is not one answer out of several."),
        _("Choose an item with one answer out of a list."),
    ),
    "group_unknown_variable": error(
        _("The frame has no “%(value)s”."), _("Choose one of the variables of the frame: %(variables)s.")
    ),
    "group_value_unknown": error(_("“%(value)s” is no value of this group."), _("Choose among: %(values)s.")),
    "group_value_left_out": error(
        _("“%(value)s” is in no class, so its firms would be missing."), _("Put it into one of the classes.")
    ),
    "group_value_twice": error(_("“%(value)s” is in two classes."), _("Leave it in one of them.")),
    "crossing_of_answers": error(
        _("“%(value)s” is an answer, and cleared figures tell firms apart by the frame alone."),
        _("Choose two groups of the frame; by an answer there are working figures."),
    ),
    "crossing_of_one_variable": error(
        _("“%(value)s” are two versions of the same groups."), _("Choose groups by two variables of the frame.")
    ),
    "crossing_twice": error(_("“%(value)s” stands there twice."), _("Leave it there once.")),
    "table_empty": error(
        _("The table has neither rows nor an item."), _("Name the rows, or the item whose options are the rows.")
    ),
    "table_without_base": error(
        _("It is not said which answers to “%(value)s” count, so the share has no base."),
        _("Choose the scale that it is answered on, or make it an indicator."),
    ),
    "table_row_kind": error(
        _("“%(value)s” cannot be shown as %(statistic)s."), _("Choose another row, or another figure for the table.")
    ),
    "order_without_ranking": error(
        _("The table “%(value)s” has no ranking that could order the rows."),
        _("Choose a table that is presented as a ranking."),
    ),
    "threshold_low": error(
        _("The threshold of %(value)s firms protects nobody."), _("Enter 3 or more; 10 is usual for results by group.")
    ),
    "threshold_range": error(
        _("The limit %(value)s of the dominance rules is out of range."),
        _("Enter a share above 0 and at most 1, and 1 to %(most)s dominant firms."),
    ),
    "weighting_least_answers": error(
        _("A stratum of %(value)s answers has no sampling error that could be told."), _("Enter 2 or more.")
    ),
    "weighting_times": error(
        _("The limit of %(value)s times the mean leaves no room."),
        _("Enter a number above 1, such as 2 for factors and 6 for weights, or leave it empty."),
    ),
    "weighting_no_share": error(
        _("A stated eligible share is chosen, but none is given for all other classes."),
        _("Give a row without a code: its share holds for every class that has none of its own."),
    ),
    "weighting_share_range": error(
        _("The eligible share %(value)s is not between 0 and 1."), _("Enter a share such as 0.9.")
    ),
    "weighting_class_twice": error(
        _("Two shares are stated for the class “%(value)s”."), _("Leave one share for each class.")
    ),
    "weighting_no_reason": error(
        _("The stated eligible share has no reason."),
        _("Say why it is better than an estimate; the reason is printed."),
    ),
    "weighting_no_margin": error(
        _("Calibration has no counts to meet."), _("Choose industry, size or their cells, or no calibration.")
    ),
    "weighting_one_margin": error(
        _("Post-stratification takes one margin, and %(value)s are chosen."),
        _("Choose one margin, or another way to calibrate."),
    ),
    "weighting_bounds": error(
        _("The factors %(value)s of calibration are no bounds."),
        _("Enter a lower one from 0 to below 1 and an upper one above 1, such as 0.3 and 3."),
    ),
    "weighting_no_number": error(
        _("“%(value)s” is no item that is answered with a number."), _("Correct the code, or take the row out.")
    ),
    "weighting_item_twice": error(_("“%(value)s” stands in two rows."), _("Leave it in one of them.")),
    "weighting_limit": error(
        _("The limit %(value)s of the cut-off is not above 0."),
        _("Leave it empty for the limit with the least error, or enter an amount."),
    ),
    "name_unused": warning(
        _("There is a short name for “%(value)s”, which is no item."), _("Correct the code, or take the name out.")
    ),
    "filter_unused": warning(
        _("There are words for the condition “%(value)s”, which no section, page or item has."),
        _("Write the condition as the questionnaire has it, or take the words out."),
    ),
}
