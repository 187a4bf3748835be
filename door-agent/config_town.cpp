#include "door-agent/config_town.hpp"

#include "door-agent/config_section.hpp"
#include "door-agent/sync/town_client.hpp"

namespace creneau::door {

/// HTTPS, but for a town on the same machine (tests, a demonstration).
TownSettings read_town(Section& top) {
    TownSettings server;
    auto town = top.table("town");
    if (!town) {
        return server;
    }
    server.url = town->text("url", R"("https://salles.example.org")");
    const bool known =
        server.url.starts_with("https://") || server.url.starts_with("http://127.0.0.1:");
    if (!server.url.empty() && (!known || server.url.ends_with('/'))) {
        town->refuse("url", "must be https://NAME, without a slash at its end");
    }
    server.tls_pin = town->optional_text("tls_pin", R"("sha256//...")").value_or("");
    if (!server.tls_pin.empty() && !server.tls_pin.starts_with("sha256//")) {
        town->refuse("tls_pin", R"(must be like "sha256//...", the digest of the server's key)");
    }
    server.ca_file = town->optional_text("ca_file", R"("/etc/creneau/ca.pem")").value_or("");
    town->finish();
    return server;
}

}  // namespace creneau::door
