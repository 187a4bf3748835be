#include "api/http/all_routes.hpp"

#include "api/access/badge_key.hpp"
#include "api/booking/papers/paper_folder.hpp"
#include "api/booking/papers/virus_scanner.hpp"
#include "api/http/account_routes.hpp"
#include "api/http/agent_routes.hpp"
#include "api/http/alarm_routes.hpp"
#include "api/http/association_routes.hpp"
#include "api/http/audit_routes.hpp"
#include "api/http/badge_routes.hpp"
#include "api/http/booking_routes.hpp"
#include "api/http/calendar_routes.hpp"
#include "api/http/closure_routes.hpp"
#include "api/http/command_routes.hpp"
#include "api/http/confirmation_routes.hpp"
#include "api/http/decision_routes.hpp"
#include "api/http/delegation_routes.hpp"
#include "api/http/door_option_routes.hpp"
#include "api/http/door_routes.hpp"
#include "api/http/equipment_routes.hpp"
#include "api/http/estate_routes.hpp"
#include "api/http/event_routes.hpp"
#include "api/http/export_routes.hpp"
#include "api/http/feed_routes.hpp"
#include "api/http/hold_routes.hpp"
#include "api/http/message_routes.hpp"
#include "api/http/movement_routes.hpp"
#include "api/http/paper_file_routes.hpp"
#include "api/http/paper_routes.hpp"
#include "api/http/pass_routes.hpp"
#include "api/http/people_routes.hpp"
#include "api/http/privacy_routes.hpp"
#include "api/http/profile_routes.hpp"
#include "api/http/report_routes.hpp"
#include "api/http/role_routes.hpp"
#include "api/http/round_routes.hpp"
#include "api/http/routes.hpp"
#include "api/http/second_factor_routes.hpp"
#include "api/http/series_routes.hpp"
#include "api/http/server.hpp"
#include "api/http/session_routes.hpp"
#include "api/http/simulate_route.hpp"
#include "api/http/staff_routes.hpp"
#include "api/http/subscription_routes.hpp"
#include "api/http/time_conflict_routes.hpp"
#include "api/http/token_routes.hpp"
#include "api/mail/signer_pass.hpp"
#include "api/people/account_parts.hpp"
#include "api/privacy/erasure_ledger.hpp"
#include "api/signer/signer_client.hpp"

#include <memory>
#include <utility>

namespace creneau::http {

Routes all_routes(const signer::Client& signer, const people::AccountParts& accounts,
                  std::shared_ptr<const booking::PaperFolder> paper_folder,
                  std::shared_ptr<const booking::VirusScanner> virus_scanner,
                  const privacy::ErasureLedger& ledger) {
    Routes routes;
    add_service_routes(routes);
    add_session_routes(routes, accounts);
    add_account_routes(routes, accounts);
    add_second_factor_routes(routes, accounts);
    add_estate_routes(routes);
    add_agent_routes(routes, accounts.key);
    add_enrolment_route(routes, accounts.key, signer);
    add_sync_route(routes);
    add_association_routes(routes);
    add_audit_routes(routes);
    add_people_routes(routes);
    add_staff_routes(routes);
    add_movement_routes(routes);
    const auto badge_key =
        std::make_shared<const access::BadgeKey>(accounts.key.code_bytes(access::kBadgeKeyWords));
    add_badge_routes(routes, badge_key);
    add_simulate_route(routes, badge_key, signer);
    add_alarm_routes(routes);
    add_booking_routes(routes);
    add_calendar_routes(routes);
    add_closure_routes(routes);
    add_command_routes(routes);
    add_confirmation_routes(routes);
    add_decision_routes(routes);
    add_delegation_routes(routes);
    add_door_routes(routes);
    add_door_option_routes(routes);
    add_hold_routes(routes);
    add_message_routes(routes, mail::sign_with(signer));
    add_privacy_routes(routes, ledger);
    add_profile_routes(routes);
    add_report_routes(routes);
    add_role_routes(routes);
    add_round_routes(routes);
    add_series_routes(routes);
    add_event_routes(routes);
    add_export_routes(routes);
    add_feed_routes(routes);
    add_equipment_routes(routes);
    add_paper_routes(routes);
    add_paper_file_routes(routes, std::move(paper_folder), std::move(virus_scanner));
    add_pass_routes(routes, signer);
    add_subscription_routes(routes);
    add_time_conflict_routes(routes);
    add_token_routes(routes);
    return routes;
}

}  // namespace creneau::http
