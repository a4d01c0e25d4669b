extension Catalogue {
    /// What opens something.
    static let secrets = [
        Detector(
            name: "JWT", auditLabel: "jwt", tokenStem: "JWT", masking: .placeholder, actionByDefault: .block,
            recognisers: [.prefixes(JSONWebToken.prefixes, JSONWebToken.recognise)],
            examples: [
                "Bearer ‹eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl›", "‹eyJhbGciOiJub25lIn0.eyJzdWIiOiIxIn0›.",
                "\"‹eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0›\"", "‹eyJhbGciOiJSU0EifQ.a2V5a2V5.aXZpdg.dGV4dA.dGFn›",
            ],
            counterExamples: ["eyJhbGciOiJIUzI1NiJ9", "eyJ.eyJ.x", "keyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln"]),
        Detector(
            name: "API_KEY", auditLabel: "api_key", tokenStem: "KEY", masking: .placeholder, actionByDefault: .block,
            recognisers: [
                .prefixes(APIKey.prefixes, APIKey.recognise), .longWord(APIKey.recogniseAnnounced),
            ],
            examples: [
                "token ‹ghp_JpH4K0ilnEI1UB8FbSqzyGHfsYVSQcQ3Ni3E› stopped",
                "api_key=‹sk_live_gw5CQkEUUFCQgxwswfvWLllO›",
                "‹AKIA2PMBBXF346LHA5RN›", "‹xoxb-171538325578-351999052983-0agS8tB0uGlXFugXk7SbG2pb›",
                "aws_secret_access_key=‹wJa1rX/tnFEM8/K7M/bPxRfi9CY/k3y›",
                "X-Api-Key: ‹27a0e11d60eb02b9c8228cb48db35c23›", "\"client_secret\": \"‹a8F2-k39dLq02mZx71PqWe55›\"",
                "OPENAI_API_KEY=‹sk-proj-MGMDDSWtK8d7Tvv6qkWpuOs1YZU3MGvYDQASaREa›",
            ],
            counterExamples: [
                "commit b596daf86ddacb7d2accc2fb674d8052eb9da8e4", "request_id 27a0e11d60eb02b9c8228cb48db35c23",
                "sk-learn", "api key: XXXXXXXXXXXXXXXX1", "api key: 27a0e11d60eb02b", "the token is lost",
                "AKIA2PMBBXF346LHA5RNX",
                "skip SKU-12345678",
            ]),
    ]
}
