#pragma once

#include "api/people/ids.hpp"
#include "api/privacy/erasure_ledger.hpp"
#include "api/store/readers.hpp"
#include "api/store/writer.hpp"

#include <chrono>
#include <cstddef>

namespace creneau::privacy {

/// Announces to whom nobody has heard of for as long as the town keeps an account that it ends, and
/// erases who was told thirty days before, a write each; how many were erased. Whoever something
/// still needs stays, and whom no mail reached. Throws where a write or the ledger fails.
std::size_t erase_unused_accounts(store::Readers& readers, store::Writer& writer,
                                  const ErasureLedger& ledger, people::TownId town,
                                  std::chrono::sys_seconds now);

}  // namespace creneau::privacy
