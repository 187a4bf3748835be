#pragma once

#include <cstdint>
#include <string>

namespace creneau::booking::samples {

/// The smallest files that are what they say, for tests.

inline std::string pdf(const std::string& inside = "") {
    return "%PDF-1.7\n1 0 obj\n<< /Type /Catalog " + inside +
           " >>\nendobj\ntrailer << /Root 1 0 R >>\nstartxref\n9\n%%EOF\n";
}

inline std::string big_endian(std::uint32_t number, int bytes) {
    std::string text;
    for (int i = bytes - 1; i >= 0; --i) {
        text.push_back(static_cast<char>(number >> (8 * i) & 0xFFU));
    }
    return text;
}

inline std::string png(std::uint32_t width, std::uint32_t height) {
    const auto chunk = [](const std::string& type, const std::string& data) {
        return big_endian(static_cast<std::uint32_t>(data.size()), 4) + type + data + "crc!";
    };
    return "\x89PNG\r\n\x1a\n" +
           chunk("IHDR",
                 big_endian(width, 4) + big_endian(height, 4) + std::string("\x08\x02\0\0\0", 5)) +
           chunk("IDAT", "pixels") + chunk("IEND", "");
}

inline std::string jpeg(std::uint32_t width, std::uint32_t height) {
    return "\xff\xd8" + ("\xff\xe0" + big_endian(6, 2)) + "JFIF" + "\xff\xc0" + big_endian(8, 2) +
           "\x08" + big_endian(height, 2) + big_endian(width, 2) + "\x01" + "\xff\xda" +
           big_endian(2, 2) + "scan" + "\xff\xd9";
}

}  // namespace creneau::booking::samples
