package import JSON

extension ToolDescription {
    /// Writes the tool as the chat-completions interface lists it: a function, with a JSON Schema of its parameters.
    ///
    /// ```json
    /// {"type": "function", "function": {"name": "check_account_status", "description": "…",
    ///  "parameters": {"type": "object", "properties": {}, "required": [], "additionalProperties": false}}}
    /// ```
    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("type", literal: "function")
            json.name("function")
            json.object { json in
                json.member("name", tool.rawValue)
                json.member("description", summary)
                json.name("parameters")
                json.object { json in
                    json.member("type", literal: "object")
                    json.name("properties")
                    json.object { json in
                        for parameter in parameters {
                            json.name(parameter.name)
                            parameter.write(to: &json)
                        }
                    }
                    json.name("required")
                    json.array { json in
                        for parameter in parameters where parameter.isRequired { json.string(parameter.name) }
                    }
                    json.member("additionalProperties", false)
                }
            }
        }
    }
}

extension ToolDescription.Parameter {
    fileprivate func write(to json: inout JSONWriter) {
        json.object { json in
            switch kind {
            case .text(let bytesRange):
                json.member("type", literal: "string")
                // Characters are at least as many bytes: what is longer in characters is too long in any case.
                json.member("minLength", min(bytesRange.lowerBound, 1))
                json.member("maxLength", bytesRange.upperBound)
            case .integer(let range):
                json.member("type", literal: "integer")
                json.member("minimum", range.lowerBound)
                json.member("maximum", range.upperBound)
            case .choice(let choices):
                json.member("type", literal: "string")
                json.name("enum")
                json.array { json in for choice in choices { json.string(choice) } }
            }
            json.member("description", summary)
        }
    }
}
