#include "api/booking/series/recurrence_words.hpp"

#include "api/booking/booking_error.hpp"
#include "api/booking/series/calendar_rules.hpp"
#include "api/booking/series/local_date.hpp"
#include "api/booking/series/recurrence.hpp"
#include "api/booking/series/series_types.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdlib>
#include <string>
#include <vector>

namespace creneau::booking {

namespace {

/// Where a date that is left out has it from: the day of the first date, not a list.
constexpr auto kFirstField = "first_date";

/// As many as a sentence bears.
constexpr std::size_t kMostNamed = 10;

/// "2027-01-04, 2027-01-11, …".
std::string named(const std::vector<LocalDate>& dates) {
    std::string list;
    for (std::size_t at = 0; at < std::min(dates.size(), kMostNamed); ++at) {
        list.append(list.empty() ? "" : ", ").append(text_of(dates[at]));
    }
    return dates.size() > kMostNamed ? list.append(", …") : list;
}

}  // namespace

Failure out_of_reach(const std::vector<LocalDate>& dates) {
    Failure failure{Rule::bad_recurrence, "dates", {}};
    failure.detail.fr =
        "La série n'atteint pas ces dates (avant first_date, après until ou au-delà "
        "de count) : ";
    failure.detail.fr.append(named(dates)).append(". Ôtez-les, ou changez ces limites.");
    failure.detail.en =
        "The series does not reach these dates (before first_date, after until or beyond count): ";
    failure.detail.en.append(named(dates)).append(". Take them off, or change these bounds.");
    return failure;
}

Failure not_of_series(const std::vector<LocalDate>& dates) {
    Failure failure{Rule::bad_recurrence, "left_out", {}};
    failure.detail.fr = "Ces dates à écarter ne sont pas de la série : ";
    failure.detail.fr.append(named(dates)).append(". Ôtez-les, ou corrigez-les.");
    failure.detail.en = "These dates to leave out are not of the series: ";
    failure.detail.en.append(named(dates)).append(". Take them off, or correct them.");
    return failure;
}

Failure no_such_day(const LocalDate& first) {
    const std::string day = std::to_string(static_cast<unsigned>(first.day()));
    Failure failure{Rule::date_left_out, kFirstField, {}};
    failure.detail.fr = "Ce mois n'a pas de ";
    failure.detail.fr.append(day).append(
        " : rien n'est réservé. S'il faut un autre jour, demandez-le à part.");
    failure.detail.en = "This month has no day ";
    failure.detail.en.append(day).append(
        ": nothing is booked. Ask for another day by itself if you need one.");
    return failure;
}

bool lacks_day(const MissedDate& missed) {
    return std::ranges::any_of(missed.reasons, [](const MissedReason& reason) {
        return reason.rule == word_of(Rule::date_left_out) && reason.field == kFirstField;
    });
}

Failure bad_recurrence(RecurrenceError error) {
    const auto about = [](const char* field, const char* fr, const char* en) {
        return Failure{Rule::bad_recurrence, field, {fr, en}};
    };
    switch (error) {
        case RecurrenceError::bad_interval:
            return about("interval", "Attendu : de 1 à 99.", "Expected: 1 to 99.");
        case RecurrenceError::bad_weekdays:
            return about("weekdays", "Indiquez au moins un jour de la semaine, chacun une fois.",
                         "Say at least one weekday, each of them once.");
        case RecurrenceError::bad_nth:
            return about("nth", "Attendu : de 1 à 4, ou -1 pour le dernier.",
                         "Expected: 1 to 4, or -1 for the last one.");
        case RecurrenceError::bad_dates:
            return about("dates", "Indiquez au moins une date, chacune une fois, de 2000 à 2099.",
                         "Say at least one date, each of them once, from 2000 to 2099.");
        case RecurrenceError::bad_first:
            return about("first_date", "Attendu : une date de 2000 à 2099.",
                         "Expected: a date from 2000 to 2099.");
        case RecurrenceError::bad_bound:
            return about("until",
                         "Indiquez une dernière date ou un nombre de dates, pas les deux ; la "
                         "dernière date ne vient pas avant la première.",
                         "Say a last date or a number of dates, not both; the last date does not "
                         "come before the first.");
        case RecurrenceError::bad_count:
            return about("count", "Attendu : de 1 à 400 dates.", "Expected: 1 to 400 dates.");
        case RecurrenceError::too_many:
            return about("until", "Une série compte au plus 400 dates : terminez-la plus tôt.",
                         "A series has at most 400 dates: end it earlier.");
        case RecurrenceError::too_far:
            return about("count", "Une série se termine avant 2100 : demandez moins de dates.",
                         "A series ends before 2100: ask for fewer dates.");
        case RecurrenceError::no_occurrence:
            return about("until", "Aucune date avant la fin de la série : terminez-la plus tard.",
                         "No date before the end of the series: end it later.");
    }
    std::abort();
}

void as_fields_of_series(std::vector<Failure>& failures) {
    for (Failure& failure : failures) {
        if (failure.rule == Rule::bad_date_time || failure.rule == Rule::end_before_start) {
            failure.field += "_time";
        }
    }
}

Failure bad_end_day() {
    return {Rule::bad_date_time,
            "end_day_offset",
            {"Attendu : de 0 à 31 jours.", "Expected: 0 to 31 days."}};
}

Failure date_left_out() {
    return {Rule::date_left_out,
            "left_out",
            {"La demande écarte cette date : pour l'avoir, ne l'écartez pas.",
             "The request leaves this date out: to have it, do not leave it out."}};
}

Failure date_skipped(const SkipReason& reason) {
    const auto about = [&reason](Rule rule, const std::string& fr, const std::string& en) {
        return Failure{rule,
                       "skip",
                       {fr + " : " + reason.name.fr + ". Pour l'avoir, demandez cette date à part.",
                        en + ": " + reason.name.en + ". To have it, ask for this date alone."}};
    };
    switch (reason.kind) {
        case SkipKind::public_holiday:
            return about(Rule::public_holiday, "Jour férié", "Public holiday");
        case SkipKind::school_holiday:
            return about(Rule::school_holiday, "Vacances scolaires", "School holidays");
        case SkipKind::calendar_unknown:
            return {Rule::calendar_unknown,
                    "skip",
                    {"Calendrier inconnu à cette date : " + reason.name.fr +
                         ". Choisissez une date connue ; avec « skip », celle-ci attend.",
                     "Calendar unknown on that date: " + reason.name.en +
                         ". Choose a known date; with 'skip' this one waits."}};
    }
    std::abort();
}

Failure overlaps_itself() {
    return {Rule::overlaps_itself,
            "end_time",
            {"Chaque date doit se terminer avant que la suivante commence.",
             "Each date must end before the next one begins."}};
}

Failure may_not_replace() {
    return {Rule::may_not_replace,
            "conflicts",
            {"Seul le service peut remplacer des réservations : choisissez fail ou skip.",
             "Only the office may replace bookings: choose fail or skip."}};
}

Failure rule_of_one_date() {
    return {Rule::bad_scope,
            "scope",
            {"Une règle vaut pour plusieurs dates : choisissez following ou all.",
             "A rule is of several dates: choose following or all."}};
}

Failure bad_scope() {
    return {
        Rule::bad_scope,
        "date",
        {"Indiquez une date de la série, AAAA-MM-JJ.", "Say a date of the series, YYYY-MM-DD."}};
}

}  // namespace creneau::booking
