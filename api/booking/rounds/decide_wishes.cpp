#include "api/booking/rounds/decide_wishes.hpp"

#include "api/allocation/conflicts.hpp"
#include "api/allocation/demand.hpp"
#include "api/allocation/placement.hpp"
#include "api/allocation/propose.hpp"
#include "api/booking/booking_error.hpp"
#include "api/booking/rounds/round_task.hpp"
#include "api/booking/rounds/round_types.hpp"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace creneau::booking {

namespace {

constexpr std::chrono::minutes kDay{24 * 60};
constexpr std::size_t kNone = static_cast<std::size_t>(-1);

/// What it is worth: its points, as far as its dates can be had.
std::int64_t value_of(const WishOption& option) {
    const bool any_taken = option.free_dates < option.dates;
    const auto value = any_taken ? option.points * option.free_dates / option.dates : option.points;
    return std::max<std::int64_t>(value, 1);
}

Sentence free_of(const WishOption& option) {
    const std::string free = std::to_string(option.free_dates);
    const std::string dates = std::to_string(option.dates);
    return {"libre à " + free + " date(s) sur " + dates,
            "free on " + free + " of " + dates + " dates"};
}

/// Where points are equal, most wishes are served, then the first that were stated, then what each
/// would rather have: too little altogether to outweigh one point.
class TieBreak {
  public:
    explicit TieBreak(const RoundTask& task)
        : wishes_(static_cast<std::int64_t>(task.wishes.size())) {
        for (const WishTask& wish : task.wishes) {
            options_ = std::max(options_, static_cast<std::int64_t>(wish.options.size()));
        }
    }
    [[nodiscard]] std::int64_t value_of(std::int64_t points, std::size_t wish,
                                        std::size_t option) const {
        const auto earlier = wishes_ - static_cast<std::int64_t>(wish);
        const auto rather = options_ - static_cast<std::int64_t>(option);
        const auto served = options_ * (wishes_ + 1) * (wishes_ + 1);  // more than all order
        const auto point = 2 * served * wishes_;                       // more than all of both
        return points * point + served + earlier * options_ + rather;
    }

  private:
    std::int64_t wishes_;
    std::int64_t options_ = 1;
};

allocation::Option option_of(const WishOption& option) {
    const auto monday = kDay * (option.place.hours.day.iso_encoding() - 1);
    allocation::Option asked;
    asked.spaces = option.spaces;
    asked.at = {monday + option.minutes.from, monday + option.minutes.until + option.gap};
    asked.value = value_of(option);
    return asked;
}

/// The wishes as the engine takes them, and back.
struct Asked {
    std::vector<allocation::Wish> wishes;
    std::vector<allocation::Pin> pins;
    std::vector<std::vector<std::size_t>>
        number;  ///< of each option at the engine; kNone: not asked
};

/// What the office settled is asked for even where it looks impossible: it knows what it does.
bool is_asked(const WishTask& wish, std::size_t option) {
    return !wish.options[option].impossible || wish.pinned == option;
}

Asked asked_of(const RoundTask& task) {
    Asked asked;
    const TieBreak ties(task);
    for (const WishTask& wish : task.wishes) {
        allocation::Wish options;
        std::vector<std::size_t> numbers;
        for (std::size_t at = 0; at < wish.options.size(); ++at) {
            numbers.push_back(is_asked(wish, at) ? options.options.size() : kNone);
            if (is_asked(wish, at)) {
                options.options.push_back(option_of(wish.options[at]));
                auto& value = options.options.back().value;
                value = ties.value_of(value, asked.wishes.size(), at);
            }
        }
        allocation::Pin pin;
        if (wish.pin) {
            pin.emplace(wish.pinned ? allocation::Choice(numbers[*wish.pinned]) : std::nullopt);
        }
        asked.wishes.push_back(std::move(options));
        asked.pins.push_back(pin);
        asked.number.push_back(std::move(numbers));
    }
    return asked;
}

/// Explains one proposal.
class Explainer {
  public:
    Explainer(const RoundTask& task, const Asked& asked, const allocation::Proposal& proposal)
        : task_(task), asked_(asked), conflicts_(asked.wishes), placement_(conflicts_) {
        for (std::size_t wish = 0; wish < asked.wishes.size(); ++wish) {
            given_.push_back(kNone);
            if (const auto& choice = proposal.choices[wish]) {
                placement_.put(conflicts_.first_of(wish) + *choice);
                given_.back() = static_cast<std::size_t>(
                    std::ranges::find(asked.number[wish], *choice) - asked.number[wish].begin());
            }
        }
    }

    [[nodiscard]] RoundDecision decision_on(std::size_t wish) const {
        const WishTask& asked = task_.wishes[wish];
        RoundDecision decision;
        if (given_[wish] != kNone) {
            const WishOption& option = asked.options[given_[wish]];
            decision.place = option.place;
            decision.points = option.points;
            decision.verdict = asked.pin ? RoundVerdict::settled : RoundVerdict::given;
            decision.why = asked.pin ? settled(*asked.pin) : given(wish);
            return decision;
        }
        decision.points = asked.options.front().points;
        if (asked.pin) {
            decision.verdict = RoundVerdict::excluded;
            decision.why = {"Écarté par le service : " + asked.pin->reason,
                            "Set aside by the office: " + asked.pin->reason};
            return decision;
        }
        const bool any = std::ranges::any_of(
            asked.options, [](const WishOption& option) { return !option.impossible; });
        decision.verdict = any ? RoundVerdict::outbid : RoundVerdict::nothing_fits;
        decision.why = against(wish, asked.options.size());
        return decision;
    }

  private:
    static Sentence settled(const RoundPin& pin) {
        const std::string said = pin.reason.empty() ? "." : " : " + pin.reason;
        const std::string said_en = pin.reason.empty() ? "." : ": " + pin.reason;
        return {"Attribué par décision du service" + said,
                "Given by decision of the office" + said_en};
    }

    [[nodiscard]] Sentence given(std::size_t wish) const {
        const std::size_t at = given_[wish];
        const WishOption& option = task_.wishes[wish].options[at];
        const std::string points = std::to_string(option.points);
        Sentence why{
            "Choix n° " + std::to_string(at + 1) + ", " + points + " points selon les critères.",
            "Choice " + std::to_string(at + 1) + ", " + points + " points by the criteria."};
        if (option.free_dates < option.dates) {
            const Sentence free = free_of(option);
            why.fr += " Salle " + free.fr + '.';
            why.en += " The room is " + free.en + '.';
        }
        if (at > 0) {
            const Sentence others = against(wish, at);
            why.fr += ' ' + others.fr;
            why.en += ' ' + others.en;
        }
        return why;
    }

    /// Why none of the first `count` options.
    [[nodiscard]] Sentence against(std::size_t wish, std::size_t count) const {
        Sentence why;
        for (std::size_t at = 0; at < count; ++at) {
            const Sentence one = against_option(wish, at);
            const std::string& name = task_.wishes[wish].options[at].room_name;
            why.fr += (why.fr.empty() ? "" : " ") + name + " : " + one.fr;
            why.en += (why.en.empty() ? "" : " ") + name + ": " + one.en;
        }
        return why;
    }

    [[nodiscard]] Sentence against_option(std::size_t wish, std::size_t at) const {
        const WishOption& option = task_.wishes[wish].options[at];
        if (option.impossible) {
            return *option.impossible;
        }
        const std::string own = std::to_string(option.points);
        const auto holders =
            placement_.holders_of(conflicts_.first_of(wish) + asked_.number[wish][at]);
        if (holders.empty()) {
            const Sentence free = free_of(option);
            return option.free_dates < option.dates ? Sentence{own + " points, " + free.fr + '.',
                                                               own + " points, " + free.en + '.'}
                                                    : fewer_than_given(wish, option);
        }
        if (std::ranges::any_of(holders, [&](std::size_t holder) {
                return task_.wishes[holder].pin.has_value();
            })) {
            return {"ce créneau est attribué par décision du service.",
                    "the office decided who has this slot."};
        }
        return outbid_by(holders, option);
    }

    /// It could have been had; what is given instead is worth more.
    [[nodiscard]] Sentence fewer_than_given(std::size_t wish, const WishOption& option) const {
        const std::string own = std::to_string(option.points);
        const bool is_fewer = given_[wish] != kNone &&
                              option.points < task_.wishes[wish].options[given_[wish]].points;
        return is_fewer ? Sentence{own + " points, moins que le choix attribué.",
                                   own + " points, fewer than the choice that is given."}
                        : Sentence{own + " points, pas davantage.", own + " points, no more."};
    }

    [[nodiscard]] Sentence outbid_by(const std::vector<std::size_t>& holders,
                                     const WishOption& option) const {
        const std::int64_t own = option.points;
        std::int64_t theirs = 0;
        std::int64_t their_value = 0;
        for (const std::size_t holder : holders) {
            const WishOption& held = task_.wishes[holder].options[given_[holder]];
            theirs += held.points;
            their_value += value_of(held);
        }
        const std::string count = std::to_string(holders.size());
        Sentence why =
            holders.size() == 1
                ? Sentence{"ce créneau va à une autre demande", "this slot goes to another wish"}
                : Sentence{"ce créneau va à " + count + " autres demandes",
                           "this slot goes to " + count + " other wishes"};
        why.fr +=
            " (" + std::to_string(theirs) + " points ; la vôtre en a " + std::to_string(own) + ").";
        why.en +=
            " (" + std::to_string(theirs) + " points; yours has " + std::to_string(own) + ").";
        if (theirs < own) {
            why.fr += " Avec la vôtre, l'ensemble des attributions aurait moins de points.";
            why.en += " With yours, all that is given together would have fewer points.";
        }
        if (theirs == own && their_value != value_of(option)) {
            why.fr += " À points égaux, c'est la salle libre à plus de dates qui l'emporte.";
            why.en += " Where points are equal, the room that is free on more dates decides.";
        } else if (theirs == own) {
            why.fr +=
                " À points égaux, le plus de demandes sont servies, puis les premières déposées.";
            why.en +=
                " Where points are equal, most wishes are served, then the first that were stated.";
        }
        return why;
    }

    const RoundTask& task_;
    const Asked& asked_;
    allocation::Conflicts conflicts_;
    allocation::Placement placement_;
    std::vector<std::size_t> given_;  ///< by wish: its option; kNone: nothing
};

}  // namespace

std::optional<std::pair<RoundWishId, RoundWishId>> settled_twice(const RoundTask& task) {
    std::vector<allocation::Wish> settled;
    std::vector<RoundWishId> ids;
    for (const WishTask& wish : task.wishes) {
        if (wish.pinned) {
            settled.push_back({{option_of(wish.options[*wish.pinned])}});
            ids.push_back(wish.wish);
        }
    }
    const allocation::Conflicts conflicts(settled);
    for (std::size_t at = 0; at < ids.size(); ++at) {
        const auto& against = conflicts.against(conflicts.first_of(at));
        if (!against.empty()) {
            return std::pair(ids[at], ids[conflicts.wish_of(against.front())]);
        }
    }
    return std::nullopt;
}

Allocation decide_wishes(const RoundTask& task) {
    const Asked asked = asked_of(task);
    const auto seed = static_cast<std::uint64_t>(task.round.id);
    const auto proposal = allocation::propose(asked.wishes, seed, asked.pins);
    const Explainer explainer(task, asked, proposal);
    Allocation allocation;
    allocation.is_optimal = proposal.is_optimal;
    for (std::size_t wish = 0; wish < task.wishes.size(); ++wish) {
        allocation.decisions.push_back(explainer.decision_on(wish));
        const RoundDecision& decision = allocation.decisions.back();
        allocation.points += decision.place ? decision.points : 0;
    }
    return allocation;
}

}  // namespace creneau::booking
