#pragma once

#include <optional>
#include <string>
#include <vector>

#include <sys/types.h>

namespace creneau::signer {

/// Who is at the other end of a Unix socket, as the kernel says.
struct Peer {
    pid_t pid = 0;
    uid_t user = 0;
    std::vector<gid_t> groups;  ///< primary and supplementary
};

/// Absent when the kernel does not say.
std::optional<Peer> peer_of(int socket);

/// The signer's own user, or a member of the client group when one is configured.
bool may_ask(const Peer& peer, uid_t own_user, const std::optional<gid_t>& client_group);

/// Absent when no such group exists.
std::optional<gid_t> group_named(const std::string& name);

}  // namespace creneau::signer
