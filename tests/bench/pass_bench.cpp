// creneau-bench-pass: the figures of a pass. One line a row, "name value target ok|MISSED"; exits 1
// past a target. Times are the best of several rounds, since other programs only ever add.

#include "qr/digits.hpp"
#include "qr/pass.hpp"
#include "qr/picture.hpp"
#include "qr/public_key.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <functional>
#include <limits>
#include <span>

#include <sodium.h>

namespace {

using namespace creneau::qr;

// Many short rounds: each fits into one slice of the scheduler.
constexpr int kRounds = 600;
constexpr TownId kTown{93'061};

/// Keeps results alive, so that the work is not optimised away.
volatile std::uint8_t sink = 0;

struct Key {
    std::array<std::uint8_t, crypto_sign_PUBLICKEYBYTES> public_bytes{};
    std::array<std::uint8_t, crypto_sign_SECRETKEYBYTES> secret{};
    Key() { crypto_sign_keypair(public_bytes.data(), secret.data()); }
};

double microseconds_each(int count, const std::function<void()>& work) {
    const auto start = std::chrono::steady_clock::now();
    for (int i = 0; i < count; ++i) {
        work();
    }
    const std::chrono::duration<double, std::micro> taken =
        std::chrono::steady_clock::now() - start;
    return taken.count() / count;
}

/// The best round of `a` and of `b`, taken in turns.
std::array<double, 2> best_of(int count, const std::function<void()>& a,
                              const std::function<void()>& b) {
    std::array<double, 2> best{std::numeric_limits<double>::max(),
                               std::numeric_limits<double>::max()};
    for (int round = 0; round < kRounds; ++round) {
        best[0] = std::min(best[0], microseconds_each(count, a));
        best[1] = std::min(best[1], microseconds_each(count, b));
    }
    return best;
}

bool row(const char* name, double value, double target, const char* unit) {
    const bool ok = value <= target;
    std::printf("%-28s %8.2f %-3s target <= %.2f %s\n", name, value, unit, target,
                ok ? "ok" : "MISSED");
    return ok;
}

PassBytes sign(const Key& key, const PassFields& fields) {
    const BodyBytes body = encode_body(fields).value();
    const SigningInput input = signing_input(kTown, body);
    Signature signature{};
    crypto_sign_detached(signature.data(), nullptr, input.data(), input.size(), key.secret.data());
    return join(body, signature);
}

PassFields sample_fields() {
    PassFields fields;
    fields.key_id = 1;
    fields.pass_id = PassId{0x0123456789ABCD};
    fields.not_before = std::chrono::sys_seconds{std::chrono::seconds{1'796'491'200}};
    fields.duration_min = 140;
    fields.scope = kFirstZoneScope;
    return fields;
}

bool measure_verify(const Key& key, const PassBytes& pass) {
    const auto text = to_digits(pass);
    const auto loaded = PublicKey::load(key.public_bytes).value();
    const auto input = signing_input(kTown, std::span{pass}.first<kBodySize>());
    const auto bare = [&] {
        sink = static_cast<std::uint8_t>(
            crypto_sign_verify_detached(std::span{pass}.last<kSignatureSize>().data(), input.data(),
                                        input.size(), key.public_bytes.data()));
    };
    const auto ours = [&] {
        const auto read = from_reader(view(text)).value();
        sink = decode_pass(read).has_value() && verify_pass(loaded, kTown, read) ? 1 : 0;
    };
    const auto best = best_of(2, ours, bare);
    std::printf("%-28s %8.2f us\n", "bare verify", best[1]);
    return row("digits to verified / bare", best[0] / best[1], 1.25, "x");
}

bool measure_codec(const PassBytes& pass) {
    const auto text = to_digits(pass);
    const auto best = best_of(
        100, [&] { sink = static_cast<std::uint8_t>(to_digits(pass).back()); },
        [&] { sink = from_digits(view(text)).value().back(); });
    const bool to_ok = row("bytes to digits", best[0], 5, "us");
    return row("digits to bytes", best[1], 5, "us") && to_ok;
}

bool measure_sign_and_draw(const Key& key, const PassBytes& pass) {
    const auto text = to_digits(pass);
    const auto fields = sample_fields();
    const auto sign_best = best_of(100, [&] { sink = sign(key, fields).back(); }, [] {});
    const auto draw_best = best_of(
        1, [&] { sink = draw(text).dark(8, 8) ? 1 : 0; },
        [&] { sink = to_png(draw(text)).back(); });
    bool ok = row("sign", sign_best[0], 35, "us");
    ok = row("QR", draw_best[0], 1'000, "us") && ok;
    std::printf("%-28s %8.2f us\n", "QR and PNG", draw_best[1]);
    return ok;
}

}  // namespace

int main() {
    if (sodium_init() < 0) {
        return 2;
    }
    const Key key;
    const PassBytes pass = sign(key, sample_fields());
    bool ok = measure_sign_and_draw(key, pass);
    ok = measure_codec(pass) && ok;
    ok = measure_verify(key, pass) && ok;
    return ok ? 0 : 1;
}
