#include "api/signer/peer.hpp"

#include <algorithm>
#include <cerrno>
#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <grp.h>
#include <sys/socket.h>
#include <sys/types.h>

#ifndef SO_PEERGROUPS
#define SO_PEERGROUPS 59
#endif

namespace creneau::signer {

std::optional<Peer> peer_of(int socket) {
    ucred who{};
    socklen_t size = sizeof(who);
    if (::getsockopt(socket, SOL_SOCKET, SO_PEERCRED, &who, &size) != 0) {
        return std::nullopt;
    }
    constexpr std::size_t kUsualGroups = 32;
    std::vector<gid_t> groups(kUsualGroups);
    size = static_cast<socklen_t>(groups.size() * sizeof(gid_t));
    int result = ::getsockopt(socket, SOL_SOCKET, SO_PEERGROUPS, groups.data(), &size);
    if (result != 0 && errno == ERANGE) {
        groups.resize(size / sizeof(gid_t));
        result = ::getsockopt(socket, SOL_SOCKET, SO_PEERGROUPS, groups.data(), &size);
    }
    groups.resize(result == 0 ? size / sizeof(gid_t) : 0);
    groups.push_back(who.gid);
    return Peer{who.pid, who.uid, std::move(groups)};
}

bool may_ask(const Peer& peer, uid_t own_user, const std::optional<gid_t>& client_group) {
    return peer.user == own_user ||
           (client_group && std::ranges::find(peer.groups, *client_group) != peer.groups.end());
}

std::optional<gid_t> group_named(const std::string& name) {
    const group* found = ::getgrnam(name.c_str());
    return found == nullptr ? std::nullopt : std::optional<gid_t>(found->gr_gid);
}

}  // namespace creneau::signer
