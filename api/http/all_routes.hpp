#pragma once

#include "api/booking/papers/paper_folder.hpp"
#include "api/booking/papers/virus_scanner.hpp"
#include "api/http/routes.hpp"
#include "api/people/account_parts.hpp"
#include "api/privacy/erasure_ledger.hpp"
#include "api/signer/signer_client.hpp"

#include <memory>

namespace creneau::http {

/// Every route of the program, as openapi.yaml describes them. `signer`, `ledger` and what
/// `accounts` names outlive what is returned. Without a folder, files of papers are neither taken
/// nor given; without a scanner they are taken unscanned.
Routes all_routes(const signer::Client& signer, const people::AccountParts& accounts,
                  std::shared_ptr<const booking::PaperFolder> paper_folder,
                  std::shared_ptr<const booking::VirusScanner> virus_scanner,
                  const privacy::ErasureLedger& ledger);

}  // namespace creneau::http
