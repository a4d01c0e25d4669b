// swift-tools-version: 6.2
import Foundation
import PackageDescription

let settings: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .strictMemorySafety(),
    .treatAllWarnings(as: .error),
    // Small generic functions of one module are on the request path of another: specialised there, they cost a third.
    .unsafeFlags(["-cross-module-optimization"], .when(configuration: .release)),
]

/// A C target: one header that includes the library and declares `pc_…` functions for what Swift cannot see.
func cShim(_ name: String, links library: [String] = []) -> Target {
    .target(
        name: name, path: "Sources/System/\(name)", cSettings: [.unsafeFlags(["-Wall", "-Wextra", "-Werror"])],
        linkerSettings: library.map { .linkedLibrary($0) })
}

/// A C++ target behind a C header, since no other target is compiled for C++.
func cxxShim(_ name: String, links library: [String]) -> Target {
    .target(
        name: name, path: "Sources/System/\(name)", cxxSettings: [.unsafeFlags(["-Wall", "-Wextra", "-Werror"])],
        linkerSettings: library.map { .linkedLibrary($0) })
}

/// The Swift wrapper that owns every pointer of its C libraries.
func wrapper(_ name: String, over dependencies: [String]) -> Target {
    .target(
        name: name, dependencies: dependencies.map { .init(stringLiteral: $0) }, path: "Sources/System/\(name)",
        swiftSettings: settings)
}

func module(_ name: String, _ dependencies: [String]) -> Target {
    .target(name: name, dependencies: dependencies.map { .init(stringLiteral: $0) }, swiftSettings: settings)
}

func tests(_ name: String, _ dependencies: [String], data: [String] = []) -> Target {
    .testTarget(
        name: name, dependencies: dependencies.map { .init(stringLiteral: $0) }, exclude: data, swiftSettings: settings)
}

var targets: [Target] = [
    cShim("COpenSSL", links: ["ssl", "crypto"]),
    cShim("CSHA256"),
    cShim("CLinux"),
    cShim("CJWT", links: ["jwt"]),
    cShim("CSQLite", links: ["sqlite3"]),
    cShim("CSeccomp", links: ["seccomp"]),
    cShim("CCurl", links: ["curl"]),
    cShim("CPKCS11"),
    cShim("COpenBLAS"),
    cxxShim("CRE2", links: ["re2", "stdc++"]),
    wrapper("OpenSSL", over: ["COpenSSL", "CSHA256", "Bytes"]),
    wrapper("LinuxIO", over: ["CLinux"]),
    wrapper("Threading", over: ["CLinux"]),
    wrapper("JWT", over: ["CJWT"]),
    wrapper("Bytes", over: []),
    wrapper("SQLite", over: ["CSQLite"]),
    wrapper("Sandbox", over: ["CLinux", "CSeccomp"]),
    wrapper("Curl", over: ["CCurl"]),
    wrapper("RE2", over: ["CRE2"]),
    wrapper("PKCS11", over: ["CPKCS11"]),
    wrapper("OpenBLAS", over: ["COpenBLAS"]),
    wrapper("VectorMath", over: []),

    module("JSON", ["Bytes"]),
    module("Edge", ["Bytes", "OpenSSL", "LinuxIO", "Threading"]),
    module("Auth", ["Bytes", "OpenSSL", "JWT", "PKCS11", "JSON", "LinuxIO", "SQLite", "Curl", "Threading"]),
    module("Redaction", ["JSON", "Bytes", "OpenSSL", "RE2"]),
    module("Audit", ["Bytes", "OpenSSL", "LinuxIO", "Threading", "JSON"]),
    module("Evidence", ["Audit", "Bytes", "OpenSSL", "SQLite", "Curl", "LinuxIO", "Threading", "JSON"]),
    module("Agent", ["SQLite", "Threading", "JSON", "Bytes", "LinuxIO", "OpenBLAS", "VectorMath", "OpenSSL", "Curl"]),
    module("Telemetry", ["Bytes", "Curl", "LinuxIO", "Threading"]),
    module(
        "Gateway",
        [
            "Bytes", "Edge", "Auth", "Redaction", "Audit", "Evidence", "Agent", "Telemetry", "Curl", "JSON", "LinuxIO",
            "OpenSSL", "Threading", "Sandbox",
        ]),
    .executableTarget(name: "portcullis", dependencies: ["Gateway"], swiftSettings: settings),
    // What an auditor builds alone: the log's module and nothing of the gateway.
    .executableTarget(name: "portcullis-verify", dependencies: ["Audit"], swiftSettings: settings),

    tests("BytesTests", ["Bytes"]),
    tests("JSONTests", ["JSON"]),
    .target(name: "EdgeTracing", dependencies: ["Edge"], path: "Tests/Support/EdgeTracing", swiftSettings: settings),
    .target(
        name: "FuzzTargets",
        dependencies: [
            "EdgeTracing", "Edge", "Auth", "Redaction", "Audit", "Agent", "Gateway", "OpenSSL", "JSON",
        ],
        path: "Tests/Fuzz/Targets", swiftSettings: settings),

    .target(name: "Seeds", path: "Tests/Support/Seeds", swiftSettings: settings),
    .target(
        name: "Simulation", dependencies: ["Audit", "Seeds", "LinuxIO", "OpenSSL", "Threading"],
        path: "Tests/Simulation/Model", swiftSettings: settings),
    .testTarget(
        name: "SimulationTests", dependencies: ["Simulation", "Patience", "Seeds"], path: "Tests/Simulation/Tests",
        swiftSettings: settings),
    .target(name: "Patience", path: "Tests/Support/Patience", swiftSettings: settings),
    .target(
        name: "WireClient", dependencies: ["Threading", "Patience"], path: "Tests/Support/WireClient",
        swiftSettings: settings),
    tests(
        "EdgeTests", ["Bytes", "Edge", "EdgeTracing", "WireClient", "Patience", "OpenSSL", "LinuxIO", "Threading"],
        data: ["HTTP1/requests.txt"]),
    tests("FuzzTests", ["FuzzTargets"]),
    tests("AuthTests", ["Auth", "OpenSSL", "JWT", "PKCS11", "JSON", "LinuxIO", "Curl", "Threading"]),
    tests("RedactionTests", ["Redaction", "JSON", "RE2"]),
    tests("AuditTests", ["Audit", "Patience", "Seeds", "Bytes", "OpenSSL", "LinuxIO", "Threading", "JSON"]),
    tests(
        "EvidenceTests",
        ["Evidence", "Audit", "Bytes", "OpenSSL", "SQLite", "Curl", "LinuxIO", "Threading", "JSON"],
        data: ["Shipping/s3.py", "Shipping/moto_server.py"]),
    tests(
        "AgentTests", ["Agent", "SQLite", "Threading", "JSON", "Bytes", "LinuxIO", "OpenBLAS", "VectorMath"],
        data: ["Fixtures"]),
    tests(
        "GatewayTests",
        [
            "Gateway", "Edge", "Auth", "Redaction", "Audit", "Agent", "Telemetry", "JSON", "LinuxIO", "OpenSSL",
            "Threading", "WireClient", "Sandbox", "Seeds", "Evidence",
        ]),
    tests("TelemetryTests", ["Telemetry", "Patience", "Bytes", "Curl", "LinuxIO", "Threading", "JSON"]),
    tests("CommandTests", ["portcullis", "Gateway"]),
    tests(
        "EndToEnd", ["JSON", "Patience"],
        data: [
            "Support/collector.py", "Support/completion_client.py", "Support/completion_server.py",
            "Support/model_client.py", "Support/model_server.py", "Support/oidc_provider.py",
            "Support/phone_numbers.py", "Support/revocation_load.py", "Support/tlog_check.py", "Support/token_load.py",
            "Support/tls_front.py",
        ]),
    tests("TidyTests", ["JSON"]),
]

// The fuzz runner links libFuzzer's driver, which plain builds cannot; `make fuzz` and the smoke in `make test` set this.
if ProcessInfo.processInfo.environment["PORTCULLIS_FUZZ"] != nil {
    targets += [
        .target(name: "CFuzzer", path: "Tests/Fuzz/CFuzzer"),
        .executableTarget(
            name: "fuzz-runner", dependencies: ["CFuzzer", "FuzzTargets"], path: "Tests/Fuzz/Runner",
            swiftSettings: settings),
    ]
}

// What times parts alone, for the scripts in `Benchmarks`, which set this.
if ProcessInfo.processInfo.environment["PORTCULLIS_BENCH"] != nil {
    targets += [
        .executableTarget(
            name: "log-driver", dependencies: ["Audit", "LinuxIO", "OpenSSL", "Threading"],
            path: "Benchmarks/Log/Driver", swiftSettings: [.swiftLanguageMode(.v6)]),
        .executableTarget(
            name: "redaction-driver", dependencies: ["Redaction"], path: "Benchmarks/Redaction/Driver",
            swiftSettings: [.swiftLanguageMode(.v6)]),
        .executableTarget(
            name: "revocations-driver", dependencies: ["Auth", "Threading"], path: "Benchmarks/Revocations/Driver",
            swiftSettings: [.swiftLanguageMode(.v6)]),
        .executableTarget(
            name: "embedding-driver", dependencies: ["Agent", "Threading"], path: "Benchmarks/Embedding/Driver",
            swiftSettings: [.swiftLanguageMode(.v6)]),
        .executableTarget(
            name: "identity-driver", dependencies: ["Auth", "OpenSSL", "Threading"], path: "Benchmarks/Identity/Driver",
            swiftSettings: [.swiftLanguageMode(.v6)]),
    ]
}

// For release with `-enable-testing`, which scripts/simulate.sh sets; plain builds need no such program.
if ProcessInfo.processInfo.environment["PORTCULLIS_SIMULATE"] != nil {
    targets.append(
        .executableTarget(
            name: "simulate", dependencies: ["Simulation"], path: "Tests/Simulation/Runner", swiftSettings: settings))
}

let package = Package(
    name: "portcullis",
    products: [
        .executable(name: "portcullis", targets: ["portcullis"]),
        .executable(name: "portcullis-verify", targets: ["portcullis-verify"]),
    ],
    targets: targets,
    cxxLanguageStandard: .cxx17)
