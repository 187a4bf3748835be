#pragma once

#include "api/people/four_eyes/confirmation_types.hpp"
#include "api/people/person.hpp"
#include "api/people/second_factor/proved_by.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <vector>

namespace creneau::people {

/// How long a proof of who somebody is serves for what is sensitive.
inline constexpr std::chrono::minutes kProofServes{10};

/// Works for the town: has a role of it somewhere, is on its staff or somebody's line manager
/// there.
[[nodiscard]] bool is_staff(const Person& person);

/// May do without a password: everybody but staff and who has a second factor, beside which a
/// mailbox is no first one.
[[nodiscard]] bool may_sign_in_by_code(const Person& person, bool has_second_factor);

/// Works for the town and came in without a second factor: may do nothing but get one.
[[nodiscard]] bool must_enrol(const Person& person, ProvedBy proved_by);

/// Takes somebody's second factor away, never one's own: a stolen session would suffice.
[[nodiscard]] bool may_reset_second_factor(const Person& actor, PersonId whose);

/// Chooses a password by an invitation: also ahead of an arrival, never once departed.
[[nodiscard]] bool may_open_account(const Person& person, std::chrono::sys_seconds now);

/// Invites people of the town; staff are invited by administrators alone.
[[nodiscard]] bool may_invite(const Person& actor);
[[nodiscard]] bool may_invite(const Person& actor, const Person& invited);

/// Gives and withdraws roles of others.
[[nodiscard]] bool may_give_roles(const Person& person);

/// Reads who has which role.
[[nodiscard]] bool may_read_roles(const Person& person);

/// Reads who did what in the town.
[[nodiscard]] bool may_read_audit(const Person& person);

/// Whether who is at the screen proved lately who they are.
[[nodiscard]] bool is_fresh(std::chrono::sys_seconds proved_at, std::chrono::sys_seconds now);

/// Takes a first password by a proof alone: lately, and by what they sign in with.
[[nodiscard]] bool may_take_first_password(const Person& person, std::chrono::sys_seconds proved_at,
                                           std::chrono::sys_seconds now);

/// Keeps the town's associations and people.
[[nodiscard]] bool may_keep_organisations(const Person& person);

/// Keeps departments, staff and their duties: the same, and who announces arrivals.
[[nodiscard]] bool may_keep_staff(const Person& person);
/// The same in a department: also its HR.
[[nodiscard]] bool may_keep_staff(const Person& person, const Scope& place);
/// The departments whose HR somebody is, and not that of the town.
[[nodiscard]] std::vector<std::int64_t> departments_kept(const Person& person);

/// Announces who arrives and departs, and when: a departure closes accounts.
[[nodiscard]] bool may_announce_movements(const Person& person);
/// The same of a department's staff: also its HR.
[[nodiscard]] bool may_announce_movements(const Person& person, const Scope& place);

/// Reads every movement of staff: who announces them, who keeps staff, and who has to know.
[[nodiscard]] bool may_see_movements(const Person& person);
/// The same, the HR of the department, and the line manager.
[[nodiscard]] bool may_see_movement(const Person& person, const Scope& place,
                                    const std::optional<PersonId>& line_manager);

/// Gives badges, takes them back and reads who has one.
[[nodiscard]] bool may_keep_badges(const Person& person);

/// Keeps access profiles, which say where and when duties open.
[[nodiscard]] bool may_keep_profiles(const Person& person);
/// Reads them and the zones: the same, and whoever gives duties.
[[nodiscard]] bool may_see_profiles(const Person& person);

/// Keeps organisations, and the managers of the association.
[[nodiscard]] bool may_see_association(const Person& person, AssociationId association);

/// Changes what is known of somebody with these roles: an address is a way to sign in, so that of
/// staff is an administrator's to change.
[[nodiscard]] bool may_edit_person(const Person& person, const std::vector<Role>& edited);

/// Keeps and reads an association's list of members: its managers, and nobody else.
[[nodiscard]] bool may_keep_members(const Person& person, AssociationId association);

/// Answers for personal data: erases, restricts, reads what is kept for how long.
[[nodiscard]] bool may_answer_for_data(const Person& person);

/// Uses what is kept of somebody, wherever that is; of whose data is restricted, who answers for it
/// alone.
[[nodiscard]] bool may_use_data(const Person& reader, bool restricted);

/// Reads what the office keeps of people: the office, and who answers for their data.
[[nodiscard]] bool may_see_people(const Person& person);
/// One of them; of whose data is restricted, who answers for it alone.
[[nodiscard]] bool may_see_person(const Person& reader, bool restricted);

/// Asks for, and confirms, what wants four eyes; `place` is that of its subject.
[[nodiscard]] bool may_ask_confirmation(const Person& person, ConfirmedKind kind,
                                        const Scope& place);
/// The same, in the whole town or in a part of it.
[[nodiscard]] bool may_ask_somewhere(const Person& person, ConfirmedKind kind);
/// What of all that is asked for in the town somebody sees.
[[nodiscard]] std::vector<ConfirmedKind> confirmations_seen(const Person& person);

/// Whether what touches keys or somebody's data in the whole town rests on this person as one of
/// two.
[[nodiscard]] bool is_watched(const Person& person);

/// The sites where somebody asks for, and confirms, the end of a lockdown, but not in the town.
[[nodiscard]] std::vector<std::int64_t> sites_of_confirmations(const Person& person);

/// Locks a site down, alone and at once; its end wants two of these.
[[nodiscard]] bool may_lock_down(const Person& person, const Scope& place);

/// Disables and enables doors.
[[nodiscard]] bool may_keep_doors(const Person& person, const Scope& place);

/// Opens doors from afar.
[[nodiscard]] bool may_command_doors(const Person& person, const Scope& place);

/// Says which boards come in as the town's door agents, and reads how they are.
[[nodiscard]] bool may_keep_agents(const Person& person);

/// Reads who passed which door, for a purpose. Never HR: access data is not working time.
[[nodiscard]] bool may_read_access_log(const Person& person);

/// Ends somebody's sessions; one's own are for a page of one's own.
[[nodiscard]] bool may_end_sessions(const Person& actor, PersonId whose);

/// Reads which doors there are and how they stand.
[[nodiscard]] bool may_see_doors(const Person& person);
/// The sites whose doors somebody keeps, and so reads, but not those of the town.
[[nodiscard]] std::vector<std::int64_t> sites_of_doors(const Person& person);

/// Says for how long data is kept.
[[nodiscard]] bool may_set_retention(const Person& person);

}  // namespace creneau::people
