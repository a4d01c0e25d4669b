internal import Edge

/// The description of the HTTP interface (OpenAPI 3.1), served at `/openapi.json`.
enum OpenAPI {
    /// The document as a reply.
    static let reply = Reply(status: .ok, fields: [Pipeline.jsonType], body: Array(document.utf8))

    static let document = #"""
        {
         "openapi": "3.1.0",
         "info": {
          "title": "Portcullis", "version": "0.1.0",
          "description": "A gateway in front of a bank's assistant. Every request needs a client certificate and a bearer token; every answer carries the receipt of its audit record."
         },
         "servers": [{"url": "/"}], "security": [{"mutualTLS": [], "bearer": []}],
         "paths": {
          \#(sessionPaths),
          "/v1/ask": {
           "post": {
            "operationId": "ask", "summary": "Ask the assistant", "description": "Permission assistant:ask.",
            "requestBody": {
             "required": true,
             "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Question"}}}
            },
            "responses": {
             "200": {
              "description": "The answer",
              "headers": {
               "X-Request-Id": {"$ref": "#/components/headers/RequestId"},
               "Audit-Receipt": {"$ref": "#/components/headers/AuditReceipt"},
               "RateLimit-Limit": {"$ref": "#/components/headers/RateLimitLimit"},
               "RateLimit-Remaining": {"$ref": "#/components/headers/RateLimitRemaining"},
               "RateLimit-Reset": {"$ref": "#/components/headers/RateLimitReset"}
              },
              "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Answer"}}}
             },
             "400": {"$ref": "#/components/responses/Problem"},
             "411": {"$ref": "#/components/responses/Problem"},
             "413": {"$ref": "#/components/responses/Problem"},
             "415": {"$ref": "#/components/responses/Problem"},
             "422": {"$ref": "#/components/responses/Problem"},
             "401": {"$ref": "#/components/responses/Problem"},
             "403": {"$ref": "#/components/responses/Problem"},
             "408": {"$ref": "#/components/responses/Problem"},
             "429": {"$ref": "#/components/responses/Problem"},
             "503": {"$ref": "#/components/responses/Problem"}
            }
           }
          },
          "/v1/tickets": {
           \#(listTickets),
           "post": {
            "operationId": "openTicket", "summary": "Open a ticket", "description": "Permission tickets:create.",
            "requestBody": {
             "required": true,
             "content": {"application/json": {"schema": {"$ref": "#/components/schemas/NewTicket"}}}
            },
            "responses": {
             "201": {
              "description": "The ticket",
              "headers": {
               "X-Request-Id": {"$ref": "#/components/headers/RequestId"},
               "Audit-Receipt": {"$ref": "#/components/headers/AuditReceipt"},
               "RateLimit-Limit": {"$ref": "#/components/headers/RateLimitLimit"},
               "RateLimit-Remaining": {"$ref": "#/components/headers/RateLimitRemaining"},
               "RateLimit-Reset": {"$ref": "#/components/headers/RateLimitReset"},
               "Location": {"schema": {"type": "string"}, "description": "Path of the ticket"}
              },
              "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Ticket"}}}
             },
             "400": {"$ref": "#/components/responses/Problem"},
             "409": {"$ref": "#/components/responses/Problem"},
             "411": {"$ref": "#/components/responses/Problem"},
             "413": {"$ref": "#/components/responses/Problem"},
             "415": {"$ref": "#/components/responses/Problem"},
             "422": {"$ref": "#/components/responses/Problem"},
             "401": {"$ref": "#/components/responses/Problem"},
             "403": {"$ref": "#/components/responses/Problem"},
             "408": {"$ref": "#/components/responses/Problem"},
             "429": {"$ref": "#/components/responses/Problem"},
             "503": {"$ref": "#/components/responses/Problem"}
            }
           }
          },
          "/v1/tickets/{id}": {
           \#(changeTicket),
           "get": {
            "operationId": "readTicket", "summary": "Read a ticket",
            "description": "Permission tickets:read for one's own, tickets:read_any for everybody's.",
            "parameters": [{"name": "id", "in": "path", "required": true, "schema": {"type": "string"}}],
            "responses": {
             "200": {
              "description": "The ticket",
              "headers": {
               "X-Request-Id": {"$ref": "#/components/headers/RequestId"},
               "Audit-Receipt": {"$ref": "#/components/headers/AuditReceipt"},
               "RateLimit-Limit": {"$ref": "#/components/headers/RateLimitLimit"},
               "RateLimit-Remaining": {"$ref": "#/components/headers/RateLimitRemaining"},
               "RateLimit-Reset": {"$ref": "#/components/headers/RateLimitReset"}
              },
              "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Ticket"}}}
             },
             "404": {"$ref": "#/components/responses/Problem"},
             "401": {"$ref": "#/components/responses/Problem"},
             "403": {"$ref": "#/components/responses/Problem"},
             "408": {"$ref": "#/components/responses/Problem"},
             "429": {"$ref": "#/components/responses/Problem"},
             "503": {"$ref": "#/components/responses/Problem"}
            }
           }
          },
          "/v1/faq": {
           "get": {
            "operationId": "searchFAQ", "summary": "Search the knowledge base",
            "description": "Permission knowledge:read.",
            "parameters": [
             {"name": "query", "in": "query", "required": true, "schema": {"type": "string", "minLength": 1}},
             {
              "name": "limit", "in": "query", "required": false,
              "schema": {"type": "integer", "minimum": 1, "maximum": 20, "default": 5}
             }
            ],
            "responses": {
             "200": {
              "description": "The best passages",
              "headers": {
               "X-Request-Id": {"$ref": "#/components/headers/RequestId"},
               "Audit-Receipt": {"$ref": "#/components/headers/AuditReceipt"},
               "RateLimit-Limit": {"$ref": "#/components/headers/RateLimitLimit"},
               "RateLimit-Remaining": {"$ref": "#/components/headers/RateLimitRemaining"},
               "RateLimit-Reset": {"$ref": "#/components/headers/RateLimitReset"}
              },
              "content": {"application/json": {"schema": {"$ref": "#/components/schemas/SearchResult"}}}
             },
             "400": {"$ref": "#/components/responses/Problem"},
             "413": {"$ref": "#/components/responses/Problem"},
             "422": {"$ref": "#/components/responses/Problem"},
             "401": {"$ref": "#/components/responses/Problem"},
             "403": {"$ref": "#/components/responses/Problem"},
             "408": {"$ref": "#/components/responses/Problem"},
             "429": {"$ref": "#/components/responses/Problem"},
             "503": {"$ref": "#/components/responses/Problem"}
            }
           }
          },
          "/v1/faq/suggestions": {
           "get": {
            "operationId": "suggestQuestions", "summary": "Questions for what was typed so far",
            "description": "Permission knowledge:read. Without q, the first questions of each category.",
            "parameters": [
             {"name": "q", "in": "query", "required": false, "schema": {"type": "string"}},
             {
              "name": "limit", "in": "query", "required": false,
              "schema": {"type": "integer", "minimum": 1, "maximum": 20, "default": 8}
             }
            ],
            "responses": {
             "200": {
              "description": "The questions, best first",
              "headers": {
               "X-Request-Id": {"$ref": "#/components/headers/RequestId"},
               "Audit-Receipt": {"$ref": "#/components/headers/AuditReceipt"},
               "RateLimit-Limit": {"$ref": "#/components/headers/RateLimitLimit"},
               "RateLimit-Remaining": {"$ref": "#/components/headers/RateLimitRemaining"},
               "RateLimit-Reset": {"$ref": "#/components/headers/RateLimitReset"}
              },
              "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Suggestions"}}}
             },
             "400": {"$ref": "#/components/responses/Problem"},
             "413": {"$ref": "#/components/responses/Problem"},
             "422": {"$ref": "#/components/responses/Problem"},
             "401": {"$ref": "#/components/responses/Problem"},
             "403": {"$ref": "#/components/responses/Problem"},
             "408": {"$ref": "#/components/responses/Problem"},
             "429": {"$ref": "#/components/responses/Problem"},
             "503": {"$ref": "#/components/responses/Problem"}
            }
           }
          },
          "/v1/knowledge": {
           "post": {
            "operationId": "replaceKnowledge", "summary": "Replace the knowledge base",
            "description": "Permission knowledge:write. All rows that can be taken are taken in one step, or none.",
            "requestBody": {"required": true, "content": {"text/csv": {"schema": {"type": "string"}}}},
            "responses": {
             "200": {
              "description": "What was taken and what was refused",
              "headers": {
               "X-Request-Id": {"$ref": "#/components/headers/RequestId"},
               "Audit-Receipt": {"$ref": "#/components/headers/AuditReceipt"},
               "RateLimit-Limit": {"$ref": "#/components/headers/RateLimitLimit"},
               "RateLimit-Remaining": {"$ref": "#/components/headers/RateLimitRemaining"},
               "RateLimit-Reset": {"$ref": "#/components/headers/RateLimitReset"}
              },
              "content": {"application/json": {"schema": {"$ref": "#/components/schemas/ImportReport"}}}
             },
             "400": {"$ref": "#/components/responses/Problem"},
             "411": {"$ref": "#/components/responses/Problem"},
             "413": {"$ref": "#/components/responses/Problem"},
             "415": {"$ref": "#/components/responses/Problem"},
             "401": {"$ref": "#/components/responses/Problem"},
             "403": {"$ref": "#/components/responses/Problem"},
             "408": {"$ref": "#/components/responses/Problem"},
             "429": {"$ref": "#/components/responses/Problem"},
             "503": {"$ref": "#/components/responses/Problem"}
            }
           }
          },
          "/v1/tokens": {
           "post": {
            "operationId": "issueToken", "summary": "Issue a role token",
            "description": "Permission tokens:issue.",
            "requestBody": {
             "required": true,
             "content": {"application/json": {"schema": {"$ref": "#/components/schemas/TokenRequest"}}}
            },
            "responses": {
             "201": {
              "description": "The token",
              "headers": {
               "X-Request-Id": {"$ref": "#/components/headers/RequestId"},
               "Audit-Receipt": {"$ref": "#/components/headers/AuditReceipt"},
               "RateLimit-Limit": {"$ref": "#/components/headers/RateLimitLimit"},
               "RateLimit-Remaining": {"$ref": "#/components/headers/RateLimitRemaining"},
               "RateLimit-Reset": {"$ref": "#/components/headers/RateLimitReset"}
              },
              "content": {"application/json": {"schema": {"$ref": "#/components/schemas/IssuedToken"}}}
             },
             "400": {"$ref": "#/components/responses/Problem"},
             "411": {"$ref": "#/components/responses/Problem"},
             "413": {"$ref": "#/components/responses/Problem"},
             "415": {"$ref": "#/components/responses/Problem"},
             "401": {"$ref": "#/components/responses/Problem"},
             "403": {"$ref": "#/components/responses/Problem"},
             "408": {"$ref": "#/components/responses/Problem"},
             "429": {"$ref": "#/components/responses/Problem"},
             "503": {"$ref": "#/components/responses/Problem"}
            }
           }
          },
          "/v1/revocations": {
           "post": {
            "operationId": "revokeTokens", "summary": "Take tokens back",
            "description": "Permission tokens:revoke. They are refused on every loop before this is answered.",
            "requestBody": {
             "required": true,
             "content": {"application/json": {"schema": {"$ref": "#/components/schemas/RevocationRequest"}}}
            },
            "responses": {
             "201": {
              "description": "What is revoked",
              "headers": {
               "X-Request-Id": {"$ref": "#/components/headers/RequestId"},
               "Audit-Receipt": {"$ref": "#/components/headers/AuditReceipt"},
               "RateLimit-Limit": {"$ref": "#/components/headers/RateLimitLimit"},
               "RateLimit-Remaining": {"$ref": "#/components/headers/RateLimitRemaining"},
               "RateLimit-Reset": {"$ref": "#/components/headers/RateLimitReset"}
              },
              "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Revoked"}}}
             },
             "400": {"$ref": "#/components/responses/Problem"},
             "411": {"$ref": "#/components/responses/Problem"},
             "413": {"$ref": "#/components/responses/Problem"},
             "415": {"$ref": "#/components/responses/Problem"},
             "401": {"$ref": "#/components/responses/Problem"},
             "403": {"$ref": "#/components/responses/Problem"},
             "408": {"$ref": "#/components/responses/Problem"},
             "409": {"$ref": "#/components/responses/Problem"},
             "429": {"$ref": "#/components/responses/Problem"},
             "503": {"$ref": "#/components/responses/Problem"}
            }
           },
           "get": {
            "operationId": "listRevocations", "summary": "See which tokens were taken back, oldest first",
            "description": "Permission tokens:revoke.",
            "parameters": [
             {"name": "after", "in": "query", "required": false, "schema": {"type": "integer", "minimum": 0}},
             {
              "name": "limit", "in": "query", "required": false,
              "schema": {"type": "integer", "minimum": 1, "maximum": 1000, "default": 100}
             }
            ],
            "responses": {
             "200": {
              "description": "Revocations in force",
              "headers": {
               "X-Request-Id": {"$ref": "#/components/headers/RequestId"},
               "Audit-Receipt": {"$ref": "#/components/headers/AuditReceipt"},
               "RateLimit-Limit": {"$ref": "#/components/headers/RateLimitLimit"},
               "RateLimit-Remaining": {"$ref": "#/components/headers/RateLimitRemaining"},
               "RateLimit-Reset": {"$ref": "#/components/headers/RateLimitReset"}
              },
              "content": {"application/json": {"schema": {"$ref": "#/components/schemas/RevocationList"}}}
             },
             "400": {"$ref": "#/components/responses/Problem"},
             "413": {"$ref": "#/components/responses/Problem"},
             "401": {"$ref": "#/components/responses/Problem"},
             "403": {"$ref": "#/components/responses/Problem"},
             "408": {"$ref": "#/components/responses/Problem"},
             "429": {"$ref": "#/components/responses/Problem"},
             "503": {"$ref": "#/components/responses/Problem"}
            }
           }
          },
          "/v1/verification": {
           "post": {
            "operationId": "verifyCustomer", "summary": "Ask a customer for proof of who they are, or give it",
            "description": "Permission customers:verify. Nobody learns whether there is such a customer. A wrong answer is 403; after too many, 429.",
            "requestBody": {
             "required": true,
             "content": {"application/json": {"schema": {"oneOf": [{"$ref": "#/components/schemas/CustomerClaim"}, {"$ref": "#/components/schemas/CustomerProof"}]}}}
            },
            "responses": {
             "201": {
              "description": "What the customer is asked",
              "headers": {
               "X-Request-Id": {"$ref": "#/components/headers/RequestId"},
               "Audit-Receipt": {"$ref": "#/components/headers/AuditReceipt"},
               "RateLimit-Limit": {"$ref": "#/components/headers/RateLimitLimit"},
               "RateLimit-Remaining": {"$ref": "#/components/headers/RateLimitRemaining"},
               "RateLimit-Reset": {"$ref": "#/components/headers/RateLimitReset"}
              },
              "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Challenge"}}}
             },
             "200": {
              "description": "The answer was right, and is on record",
              "headers": {
               "X-Request-Id": {"$ref": "#/components/headers/RequestId"},
               "Audit-Receipt": {"$ref": "#/components/headers/AuditReceipt"},
               "RateLimit-Limit": {"$ref": "#/components/headers/RateLimitLimit"},
               "RateLimit-Remaining": {"$ref": "#/components/headers/RateLimitRemaining"},
               "RateLimit-Reset": {"$ref": "#/components/headers/RateLimitReset"}
              },
              "content": {"application/json": {"schema": {"$ref": "#/components/schemas/VerificationState"}}}
             },
             "400": {"$ref": "#/components/responses/Problem"},
             "411": {"$ref": "#/components/responses/Problem"},
             "413": {"$ref": "#/components/responses/Problem"},
             "415": {"$ref": "#/components/responses/Problem"},
             "401": {"$ref": "#/components/responses/Problem"},
             "403": {"$ref": "#/components/responses/Problem"},
             "408": {"$ref": "#/components/responses/Problem"},
             "409": {"$ref": "#/components/responses/Problem"},
             "429": {"$ref": "#/components/responses/Problem"},
             "503": {"$ref": "#/components/responses/Problem"}
            }
           },
           "get": {
            "operationId": "showVerification", "summary": "See how sure it is who the customer in a conversation is",
            "description": "Permission customers:verify. Of the caller's own conversations.",
            "parameters": [
             {"name": "session_id", "in": "query", "required": true, "schema": {"$ref": "#/components/schemas/SessionId"}}
            ],
            "responses": {
             "200": {
              "description": "Where the conversation is",
              "headers": {
               "X-Request-Id": {"$ref": "#/components/headers/RequestId"},
               "Audit-Receipt": {"$ref": "#/components/headers/AuditReceipt"},
               "RateLimit-Limit": {"$ref": "#/components/headers/RateLimitLimit"},
               "RateLimit-Remaining": {"$ref": "#/components/headers/RateLimitRemaining"},
               "RateLimit-Reset": {"$ref": "#/components/headers/RateLimitReset"}
              },
              "content": {"application/json": {"schema": {"$ref": "#/components/schemas/VerificationState"}}}
             },
             "400": {"$ref": "#/components/responses/Problem"},
             "401": {"$ref": "#/components/responses/Problem"},
             "403": {"$ref": "#/components/responses/Problem"},
             "408": {"$ref": "#/components/responses/Problem"},
             "429": {"$ref": "#/components/responses/Problem"},
             "503": {"$ref": "#/components/responses/Problem"}
            }
           }
          },
          "/v1/documents": {
           "post": {
            "operationId": "storeDocument", "summary": "Keep a document",
            "description": "Permission documents:write. What the document is, is told by its content; a Content-Type says what it should be. The same content under the same name is kept once. With session_id it is the conversation's, or its customer's once they are verified; otherwise the customer's that is named, or the caller's own.",
            "parameters": [
             {"name": "name", "in": "query", "schema": {"type": "string", "minLength": 1, "maxLength": 1024}},
             {"name": "customer", "in": "query", "schema": {"$ref": "#/components/schemas/DocumentCustomer"}},
             {"name": "session_id", "in": "query", "schema": {"$ref": "#/components/schemas/SessionId"}}
            ],
            "requestBody": {
             "required": true,
             "content": {
              "multipart/form-data": {"schema": {"$ref": "#/components/schemas/DocumentForm"}},
              "*/*": {"schema": {"type": "string", "format": "binary"}}
             }
            },
            "responses": {
             "201": {
              "description": "The document is on disk and on record",
              "headers": {
               "X-Request-Id": {"$ref": "#/components/headers/RequestId"},
               "Audit-Receipt": {"$ref": "#/components/headers/AuditReceipt"},
               "RateLimit-Limit": {"$ref": "#/components/headers/RateLimitLimit"},
               "RateLimit-Remaining": {"$ref": "#/components/headers/RateLimitRemaining"},
               "RateLimit-Reset": {"$ref": "#/components/headers/RateLimitReset"}
              },
              "content": {"application/json": {"schema": {"$ref": "#/components/schemas/StoredDocument"}}}
             },
             "200": {
              "description": "It was there already",
              "headers": {
               "X-Request-Id": {"$ref": "#/components/headers/RequestId"},
               "Audit-Receipt": {"$ref": "#/components/headers/AuditReceipt"},
               "RateLimit-Limit": {"$ref": "#/components/headers/RateLimitLimit"},
               "RateLimit-Remaining": {"$ref": "#/components/headers/RateLimitRemaining"},
               "RateLimit-Reset": {"$ref": "#/components/headers/RateLimitReset"}
              },
              "content": {"application/json": {"schema": {"$ref": "#/components/schemas/StoredDocument"}}}
             },
             "400": {"$ref": "#/components/responses/Problem"},
             "411": {"$ref": "#/components/responses/Problem"},
             "413": {"$ref": "#/components/responses/Problem"},
             "415": {"$ref": "#/components/responses/Problem"},
             "401": {"$ref": "#/components/responses/Problem"},
             "403": {"$ref": "#/components/responses/Problem"},
             "408": {"$ref": "#/components/responses/Problem"},
             "409": {"$ref": "#/components/responses/Problem"},
             "429": {"$ref": "#/components/responses/Problem"},
             "503": {"$ref": "#/components/responses/Problem"}
            }
           },
           "get": {
            "operationId": "listDocuments", "summary": "List documents",
            "description": "Permission documents:read. The last version of each, the newest first.",
            "parameters": [
             {"name": "customer", "in": "query", "schema": {"$ref": "#/components/schemas/DocumentCustomer"}},
             {"name": "session_id", "in": "query", "schema": {"$ref": "#/components/schemas/SessionId"}},
             {"name": "archived", "in": "query", "schema": {"type": "boolean", "default": false}}
            ],
            "responses": {
             "200": {
              "description": "The documents",
              "headers": {
               "X-Request-Id": {"$ref": "#/components/headers/RequestId"},
               "Audit-Receipt": {"$ref": "#/components/headers/AuditReceipt"},
               "RateLimit-Limit": {"$ref": "#/components/headers/RateLimitLimit"},
               "RateLimit-Remaining": {"$ref": "#/components/headers/RateLimitRemaining"},
               "RateLimit-Reset": {"$ref": "#/components/headers/RateLimitReset"}
              },
              "content": {"application/json": {"schema": {"$ref": "#/components/schemas/DocumentList"}}}
             },
             "400": {"$ref": "#/components/responses/Problem"},
             "401": {"$ref": "#/components/responses/Problem"},
             "403": {"$ref": "#/components/responses/Problem"},
             "429": {"$ref": "#/components/responses/Problem"},
             "503": {"$ref": "#/components/responses/Problem"}
            }
           },
           "delete": {
            "operationId": "eraseDocuments", "summary": "Erase all documents of an owner",
            "description": "Permission documents:erase. Their key is destroyed: no copy of them can be read any more. Doing it again changes nothing.",
            "parameters": [
             {"name": "customer", "in": "query", "schema": {"$ref": "#/components/schemas/DocumentCustomer"}},
             {"name": "session_id", "in": "query", "schema": {"$ref": "#/components/schemas/SessionId"}}
            ],
            "responses": {
             "200": {
              "description": "They are unreadable, and it is on record",
              "headers": {
               "X-Request-Id": {"$ref": "#/components/headers/RequestId"},
               "Audit-Receipt": {"$ref": "#/components/headers/AuditReceipt"},
               "RateLimit-Limit": {"$ref": "#/components/headers/RateLimitLimit"},
               "RateLimit-Remaining": {"$ref": "#/components/headers/RateLimitRemaining"},
               "RateLimit-Reset": {"$ref": "#/components/headers/RateLimitReset"}
              },
              "content": {
               "application/json": {
                "schema": {
                 "type": "object", "additionalProperties": false, "required": ["request_id"],
                 "properties": {"request_id": {"type": "string"}}
                }
               }
              }
             },
             "400": {"$ref": "#/components/responses/Problem"},
             "401": {"$ref": "#/components/responses/Problem"},
             "403": {"$ref": "#/components/responses/Problem"},
             "429": {"$ref": "#/components/responses/Problem"},
             "503": {"$ref": "#/components/responses/Problem"}
            }
           }
          },
          "/v1/documents/{id}": {
           "get": {
            "operationId": "fetchDocument", "summary": "Fetch a document",
            "description": "Permission documents:read. Its bytes, which are verified, as an attachment.",
            "parameters": [
             {"name": "id", "in": "path", "required": true, "schema": {"$ref": "#/components/schemas/DocumentId"}},
             {"name": "customer", "in": "query", "schema": {"$ref": "#/components/schemas/DocumentCustomer"}},
             {"name": "session_id", "in": "query", "schema": {"$ref": "#/components/schemas/SessionId"}},
             {"name": "version", "in": "query", "schema": {"type": "integer", "minimum": 1}}
            ],
            "responses": {
             "200": {
              "description": "The document",
              "headers": {
               "X-Request-Id": {"$ref": "#/components/headers/RequestId"},
               "Audit-Receipt": {"$ref": "#/components/headers/AuditReceipt"},
               "RateLimit-Limit": {"$ref": "#/components/headers/RateLimitLimit"},
               "RateLimit-Remaining": {"$ref": "#/components/headers/RateLimitRemaining"},
               "RateLimit-Reset": {"$ref": "#/components/headers/RateLimitReset"}
              },
              "content": {"*/*": {"schema": {"type": "string", "format": "binary"}}}
             },
             "400": {"$ref": "#/components/responses/Problem"},
             "401": {"$ref": "#/components/responses/Problem"},
             "403": {"$ref": "#/components/responses/Problem"},
             "404": {"$ref": "#/components/responses/Problem"},
             "429": {"$ref": "#/components/responses/Problem"},
             "500": {"$ref": "#/components/responses/Problem"},
             "503": {"$ref": "#/components/responses/Problem"}
            }
           }
          },
          "/v1/documents/{id}/archive": {
           "post": {
            "operationId": "archiveDocument", "summary": "Archive a document",
            "description": "Permission documents:write. It is kept, and no longer listed; its name is free for another. Doing it again changes nothing.",
            "parameters": [
             {"name": "id", "in": "path", "required": true, "schema": {"$ref": "#/components/schemas/DocumentId"}},
             {"name": "customer", "in": "query", "schema": {"$ref": "#/components/schemas/DocumentCustomer"}},
             {"name": "session_id", "in": "query", "schema": {"$ref": "#/components/schemas/SessionId"}}
            ],
            "responses": {
             "200": {
              "description": "The document is archived",
              "headers": {
               "X-Request-Id": {"$ref": "#/components/headers/RequestId"},
               "Audit-Receipt": {"$ref": "#/components/headers/AuditReceipt"},
               "RateLimit-Limit": {"$ref": "#/components/headers/RateLimitLimit"},
               "RateLimit-Remaining": {"$ref": "#/components/headers/RateLimitRemaining"},
               "RateLimit-Reset": {"$ref": "#/components/headers/RateLimitReset"}
              },
              "content": {"application/json": {"schema": {"$ref": "#/components/schemas/StoredDocument"}}}
             },
             "400": {"$ref": "#/components/responses/Problem"},
             "401": {"$ref": "#/components/responses/Problem"},
             "403": {"$ref": "#/components/responses/Problem"},
             "404": {"$ref": "#/components/responses/Problem"},
             "429": {"$ref": "#/components/responses/Problem"},
             "503": {"$ref": "#/components/responses/Problem"}
            }
           }
          },
          "/v1/audit/head": {
           "get": {
            "operationId": "auditHead", "summary": "The newest durable audit record",
            "description": "Permission audit:read.",
            "responses": {
             "200": {
              "description": "The head of the log",
              "headers": {
               "X-Request-Id": {"$ref": "#/components/headers/RequestId"},
               "Audit-Receipt": {"$ref": "#/components/headers/AuditReceipt"},
               "RateLimit-Limit": {"$ref": "#/components/headers/RateLimitLimit"},
               "RateLimit-Remaining": {"$ref": "#/components/headers/RateLimitRemaining"},
               "RateLimit-Reset": {"$ref": "#/components/headers/RateLimitReset"}
              },
              "content": {"application/json": {"schema": {"$ref": "#/components/schemas/AuditHead"}}}
             },
             "401": {"$ref": "#/components/responses/Problem"},
             "403": {"$ref": "#/components/responses/Problem"},
             "408": {"$ref": "#/components/responses/Problem"},
             "429": {"$ref": "#/components/responses/Problem"},
             "503": {"$ref": "#/components/responses/Problem"}
            }
           }
          },
          "/v1/audit/checkpoint": {
           "get": {
            "operationId": "auditCheckpoint", "summary": "The newest signed checkpoint",
            "description": "Permission audit:read.",
            "responses": {
             "200": {
              "description": "A signed note (C2SP tlog-checkpoint) with its cosignatures",
              "headers": {
               "X-Request-Id": {"$ref": "#/components/headers/RequestId"},
               "Audit-Receipt": {"$ref": "#/components/headers/AuditReceipt"},
               "RateLimit-Limit": {"$ref": "#/components/headers/RateLimitLimit"},
               "RateLimit-Remaining": {"$ref": "#/components/headers/RateLimitRemaining"},
               "RateLimit-Reset": {"$ref": "#/components/headers/RateLimitReset"}
              },
              "content": {"text/plain": {"schema": {"type": "string"}}}
             },
             "401": {"$ref": "#/components/responses/Problem"},
             "403": {"$ref": "#/components/responses/Problem"},
             "408": {"$ref": "#/components/responses/Problem"},
             "429": {"$ref": "#/components/responses/Problem"},
             "503": {"$ref": "#/components/responses/Problem"}
            }
           }
          },
          "/v1/audit/proof": {
           "get": {
            "operationId": "auditProof", "summary": "Proof that a record is in the newest checkpoint",
            "description": "Permission audit:read.",
            "parameters": [{"name": "seq", "in": "query", "required": true,
             "schema": {"type": "integer", "minimum": 0, "maximum": 9007199254740991}}],
            "responses": {
             "200": {
              "description": "Leaf hash, inclusion proof and checkpoint",
              "headers": {
               "X-Request-Id": {"$ref": "#/components/headers/RequestId"},
               "Audit-Receipt": {"$ref": "#/components/headers/AuditReceipt"},
               "RateLimit-Limit": {"$ref": "#/components/headers/RateLimitLimit"},
               "RateLimit-Remaining": {"$ref": "#/components/headers/RateLimitRemaining"},
               "RateLimit-Reset": {"$ref": "#/components/headers/RateLimitReset"}
              },
              "content": {"application/json": {"schema": {"$ref": "#/components/schemas/InclusionProof"}}}
             },
             "400": {"$ref": "#/components/responses/Problem"},
             "401": {"$ref": "#/components/responses/Problem"},
             "404": {"$ref": "#/components/responses/Problem"},
             "403": {"$ref": "#/components/responses/Problem"},
             "408": {"$ref": "#/components/responses/Problem"},
             "429": {"$ref": "#/components/responses/Problem"},
             "503": {"$ref": "#/components/responses/Problem"}
            }
           }
          },
          "/v1/audit/erasures": {
           "post": {
            "operationId": "eraseSubject", "summary": "Make a person's sealed members of the audit log unreadable",
            "description": "Permission audit:erase.",
            "requestBody": {
             "required": true,
             "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Erasure"}}}
            },
            "responses": {
             "200": {
              "description": "The keys that were destroyed",
              "headers": {
               "X-Request-Id": {"$ref": "#/components/headers/RequestId"},
               "Audit-Receipt": {"$ref": "#/components/headers/AuditReceipt"},
               "RateLimit-Limit": {"$ref": "#/components/headers/RateLimitLimit"},
               "RateLimit-Remaining": {"$ref": "#/components/headers/RateLimitRemaining"},
               "RateLimit-Reset": {"$ref": "#/components/headers/RateLimitReset"}
              },
              "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Erased"}}}
             },
             "400": {"$ref": "#/components/responses/Problem"},
             "404": {"$ref": "#/components/responses/Problem"},
             "411": {"$ref": "#/components/responses/Problem"},
             "413": {"$ref": "#/components/responses/Problem"},
             "415": {"$ref": "#/components/responses/Problem"},
             "401": {"$ref": "#/components/responses/Problem"},
             "403": {"$ref": "#/components/responses/Problem"},
             "408": {"$ref": "#/components/responses/Problem"},
             "429": {"$ref": "#/components/responses/Problem"},
             "503": {"$ref": "#/components/responses/Problem"}
            }
           }
          },
          "/v1/redact": {
           "post": {
            "operationId": "redact", "summary": "Replace the personal data in a text",
            "description": "Permission text:redact.",
            "requestBody": {
             "required": true,
             "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Text"}}}
            },
            "responses": {
             "200": {
              "description": "The text as the assistant would see it",
              "headers": {
               "X-Request-Id": {"$ref": "#/components/headers/RequestId"},
               "Audit-Receipt": {"$ref": "#/components/headers/AuditReceipt"},
               "RateLimit-Limit": {"$ref": "#/components/headers/RateLimitLimit"},
               "RateLimit-Remaining": {"$ref": "#/components/headers/RateLimitRemaining"},
               "RateLimit-Reset": {"$ref": "#/components/headers/RateLimitReset"}
              },
              "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Redacted"}}}
             },
             "400": {"$ref": "#/components/responses/Problem"},
             "411": {"$ref": "#/components/responses/Problem"},
             "413": {"$ref": "#/components/responses/Problem"},
             "415": {"$ref": "#/components/responses/Problem"},
             "422": {"$ref": "#/components/responses/Problem"},
             "401": {"$ref": "#/components/responses/Problem"},
             "403": {"$ref": "#/components/responses/Problem"},
             "408": {"$ref": "#/components/responses/Problem"},
             "429": {"$ref": "#/components/responses/Problem"},
             "503": {"$ref": "#/components/responses/Problem"}
            }
           }
          },
          "/v1/chat/completions": {
           "post": {
            "operationId": "complete", "summary": "Have a model complete a conversation, in the form of OpenAI's interface",
            "description": "Permission assistant:complete. Messages are redacted before the model gets them; what it says is looked through, and tokens in it become the caller's own originals for one who has pii:restore. With \"stream\": true the answer comes in server-sent events while it is made, and its receipt as a trailer.",
            "requestBody": {
             "required": true,
             "content": {"application/json": {"schema": {"$ref": "#/components/schemas/CompletionRequest"}}}
            },
            "responses": {
             "200": {
              "description": "The completion",
              "headers": {
               "X-Request-Id": {"$ref": "#/components/headers/RequestId"},
               "Audit-Receipt": {"$ref": "#/components/headers/AuditReceipt"},
               "RateLimit-Limit": {"$ref": "#/components/headers/RateLimitLimit"},
               "RateLimit-Remaining": {"$ref": "#/components/headers/RateLimitRemaining"},
               "RateLimit-Reset": {"$ref": "#/components/headers/RateLimitReset"}
              },
              "content": {
               "application/json": {"schema": {"$ref": "#/components/schemas/Completion"}},
               "text/event-stream": {"schema": {"type": "string"}}
              }
             },
             "400": {"$ref": "#/components/responses/ModelProblem"},
             "401": {"$ref": "#/components/responses/ModelProblem"},
             "403": {"$ref": "#/components/responses/ModelProblem"},
             "404": {"$ref": "#/components/responses/ModelProblem"},
             "408": {"$ref": "#/components/responses/ModelProblem"},
             "411": {"$ref": "#/components/responses/ModelProblem"},
             "413": {"$ref": "#/components/responses/ModelProblem"},
             "415": {"$ref": "#/components/responses/ModelProblem"},
             "422": {"$ref": "#/components/responses/ModelProblem"},
             "429": {"$ref": "#/components/responses/ModelProblem"},
             "503": {"$ref": "#/components/responses/ModelProblem"}
            }
           }
          },
          "/v1/models": {
           "get": {
            "operationId": "listModels", "summary": "The names that completions can be asked of",
            "description": "Permission assistant:complete.",
            "responses": {
             "200": {
              "description": "The models",
              "headers": {
               "X-Request-Id": {"$ref": "#/components/headers/RequestId"},
               "Audit-Receipt": {"$ref": "#/components/headers/AuditReceipt"},
               "RateLimit-Limit": {"$ref": "#/components/headers/RateLimitLimit"},
               "RateLimit-Remaining": {"$ref": "#/components/headers/RateLimitRemaining"},
               "RateLimit-Reset": {"$ref": "#/components/headers/RateLimitReset"}
              },
              "content": {"application/json": {"schema": {"$ref": "#/components/schemas/ModelList"}}}
             },
             "401": {"$ref": "#/components/responses/ModelProblem"},
             "403": {"$ref": "#/components/responses/ModelProblem"},
             "408": {"$ref": "#/components/responses/ModelProblem"},
             "429": {"$ref": "#/components/responses/ModelProblem"},
             "503": {"$ref": "#/components/responses/ModelProblem"}
            }
           }
          },
          "/openapi.json": {
           "get": {
            "operationId": "describe", "summary": "This description",
            "description": "Permission interface:read.",
            "responses": {
             "200": {
              "description": "OpenAPI 3.1",
              "headers": {
               "X-Request-Id": {"$ref": "#/components/headers/RequestId"},
               "Audit-Receipt": {"$ref": "#/components/headers/AuditReceipt"},
               "RateLimit-Limit": {"$ref": "#/components/headers/RateLimitLimit"},
               "RateLimit-Remaining": {"$ref": "#/components/headers/RateLimitRemaining"},
               "RateLimit-Reset": {"$ref": "#/components/headers/RateLimitReset"}
              },
              "content": {"application/json": {"schema": {"type": "object"}}}
             },
             "401": {"$ref": "#/components/responses/Problem"},
             "403": {"$ref": "#/components/responses/Problem"},
             "408": {"$ref": "#/components/responses/Problem"},
             "429": {"$ref": "#/components/responses/Problem"},
             "503": {"$ref": "#/components/responses/Problem"}
            }
           }
          },
          "/.well-known/jwks.json": {
           "get": {
            "operationId": "listKeys", "summary": "The keys that this gateway's tokens are verified with",
            "description": "RFC 7517. Needs no token. A key with exp signs no more, and its tokens end then.",
            "security": [{"mutualTLS": []}],
            "responses": {
             "200": {
              "description": "The key set",
              "headers": {
               "X-Request-Id": {"$ref": "#/components/headers/RequestId"},
               "Audit-Receipt": {"$ref": "#/components/headers/AuditReceipt"}
              },
              "content": {"application/jwk-set+json": {"schema": {
               "type": "object", "required": ["keys"],
               "properties": {"keys": {"type": "array", "items": {
                "type": "object", "required": ["kid", "kty", "alg", "use"],
                "properties": {
                 "kid": {"type": "string"}, "kty": {"type": "string"}, "alg": {"type": "string"},
                 "use": {"const": "sig"}, "exp": {"type": "integer"}
                }
               }}}
              }}}
             },
             "404": {"$ref": "#/components/responses/Problem"},
             "429": {"$ref": "#/components/responses/Problem"},
             "503": {"$ref": "#/components/responses/Problem"}
            }
           }
          },
          "/healthz": {
           "get": {
            "summary": "Is the process healthy", "security": [],
            "responses": {"200": {"description": "Yes", "content": {"text/plain": {"schema": {"type": "string"}}}}}
           }
          },
          "/livez": {
           "get": {
            "summary": "Does the process live", "security": [],
            "responses": {"200": {"description": "Yes", "content": {"text/plain": {"schema": {"type": "string"}}}}}
           }
          },
          "/readyz": {
           "get": {
            "summary": "Is the process ready to take requests", "security": [],
            "responses": {
             "200": {"description": "Yes", "content": {"text/plain": {"schema": {"type": "string"}}}},
             "503": {"description": "No", "content": {"text/plain": {"schema": {"type": "string"}}}}
            }
           }
          }
         },
         "components": {
          "securitySchemes": {
           "mutualTLS": {"type": "mutualTLS"},
           "bearer": {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"}
          },
          "headers": {
           "RequestId": {"description": "The request's id, also in its audit record", "schema": {"type": "string"}},
           "AuditReceipt": {
            "description": "seq:hash of the request's audit record, which was durable before this response left; absent where the log takes no records",
            "schema": {"type": "string", "pattern": "^[0-9]+:[0-9a-f]{64}$"}
           },
           "RateLimitLimit": {"description": "Requests that can be made at once", "schema": {"type": "integer"}},
           "RateLimitRemaining": {"description": "Requests left at this moment", "schema": {"type": "integer"}},
           "RateLimitReset": {"description": "Seconds until all are there again", "schema": {"type": "integer"}}
          },
          "responses": {
           "Problem": {
            "description": "A problem (RFC 9457)",
            "headers": {
             "X-Request-Id": {"$ref": "#/components/headers/RequestId"},
             "Audit-Receipt": {"$ref": "#/components/headers/AuditReceipt"}
            },
            "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
           },
           "ModelProblem": {
            "description": "A problem, in the form of OpenAI's interface",
            "headers": {
             "X-Request-Id": {"$ref": "#/components/headers/RequestId"},
             "Audit-Receipt": {"$ref": "#/components/headers/AuditReceipt"}
            },
            "content": {"application/json": {"schema": {"$ref": "#/components/schemas/ModelError"}}}
           }
          },
          "schemas": {
           \#(sessionSchemas),
           "CompletionRequest": {
            "type": "object", "required": ["model", "messages"],
            "description": "As OpenAI's clients send it. What only tunes the choice of words is ignored; tools, several answers, other forms than text, stop and logit_bias are refused",
            "properties": {
             "model": {"type": "string", "description": "One of GET /v1/models"},
             "messages": {
              "type": "array", "minItems": 1, "maxItems": 256,
              "items": {
               "type": "object", "required": ["role", "content"],
               "properties": {
                "role": {"enum": ["system", "developer", "user", "assistant"]},
                "content": {
                 "oneOf": [
                  {"type": "string", "minLength": 1},
                  {
                   "type": "array", "minItems": 1, "maxItems": 64,
                   "items": {
                    "type": "object", "required": ["type", "text"],
                    "properties": {"type": {"const": "text"}, "text": {"type": "string", "minLength": 1}}
                   }
                  }
                 ]
                }
               }
              }
             },
             "max_completion_tokens": {"type": "integer", "minimum": 1, "maximum": 32768, "default": 1024},
             "max_tokens": {"type": "integer", "minimum": 1, "maximum": 32768},
             "stream": {"type": "boolean", "default": false},
             "stream_options": {"type": "object", "properties": {"include_usage": {"type": "boolean"}}}
            }
           },
           "Completion": {
            "type": "object", "required": ["id", "object", "created", "model", "choices", "usage"],
            "properties": {
             "id": {"type": "string"}, "object": {"const": "chat.completion"}, "created": {"type": "integer"},
             "model": {"type": "string"},
             "choices": {
              "type": "array",
              "items": {
               "type": "object",
               "properties": {
                "index": {"const": 0},
                "message": {
                 "type": "object",
                 "properties": {"role": {"const": "assistant"}, "content": {"type": "string"}}
                },
                "finish_reason": {"enum": ["stop", "length", "content_filter"]}
               }
              }
             },
             "usage": {
              "type": "object",
              "properties": {
               "prompt_tokens": {"type": "integer"}, "completion_tokens": {"type": "integer"},
               "total_tokens": {"type": "integer"}
              }
             }
            }
           },
           "ModelList": {
            "type": "object", "required": ["object", "data"],
            "properties": {
             "object": {"const": "list"},
             "data": {
              "type": "array",
              "items": {
               "type": "object",
               "properties": {
                "id": {"type": "string"}, "object": {"const": "model"}, "created": {"type": "integer"},
                "owned_by": {"type": "string"}
               }
              }
             }
            }
           },
           "ModelError": {
            "type": "object", "required": ["error"],
            "properties": {
             "error": {
              "type": "object", "required": ["message", "type", "param", "code", "request_id"],
              "properties": {
               "message": {"type": "string"}, "type": {"type": "string"},
               "param": {"type": ["string", "null"], "description": "The member of the request that is wrong"},
               "code": {"type": "string"}, "request_id": {"type": "string"}
              }
             }
            }
           },
           "Question": {
            "type": "object", "additionalProperties": false,
            "oneOf": [{"required": ["message"]}, {"required": ["confirm", "session_id"]}],
            "properties": {
             "message": {
              "type": "string", "minLength": 1, "description": "At most limits.message_bytes_max bytes of UTF-8"
             },
             "confirm": {
              "type": "boolean", "description": "Yes or no to the change that waits for it (needs: confirmation), in place of message"
             },
             "session_id": {
              "type": "string", "pattern": "^[A-Za-z0-9_-]{8,64}$",
              "description": "Tokens for personal data mean the same in all requests of this principal with it"
             },
             "customer_id": {"type": "string", "pattern": "^[A-Za-z0-9_.:-]{1,64}$"}
            }
           },
           "Answer": {
            "type": "object", "additionalProperties": false,
            "required": ["answer", "confidence", "citations", "escalate", "suggested_actions", "request_id", "decision"],
            "properties": {
             "answer": {
              "type": "string", "description": "Personal data in it that the caller did not send is masked by policy"
             },
             "confidence": {"type": "number", "minimum": 0, "maximum": 1},
             "citations": {
              "type": "array",
              "items": {
               "type": "object", "additionalProperties": false, "required": ["id", "title", "source", "score"],
               "properties": {
                "id": {"type": "string"}, "title": {"type": "string"}, "source": {"type": "string"},
                "score": {"type": "number", "minimum": 0, "maximum": 1}
               }
              }
             },
             "escalate": {"type": "boolean"},
             "suggested_actions": {
              "type": "array",
              "items": {
               "type": "object", "additionalProperties": false, "required": ["kind", "text"],
               "properties": {"kind": {"enum": ["ask", "rephrase", "view_ticket"]}, "text": {"type": "string"}}
              }
             },
             "needs": {"enum": ["identity", "security_answer", "one_time_code", "value", "confirmation"]},
             "ticket_id": {"type": "string"}, "session_id": {"type": "string"}, "request_id": {"type": "string"},
             "decision": {
              "type": "object", "additionalProperties": false, "required": ["result", "route", "path"],
              "properties": {
               "result": {"const": "allow"},
               "route": {"enum": ["faq_exact", "faq_hybrid", "tool", "model", "escalated", "refused"]},
               "path": {
                "type": "array",
                "items": {
                 "type": "object", "additionalProperties": false, "required": ["stage", "outcome", "us"],
                 "properties": {
                  "stage": {
                   "enum": ["edge", "identify", "authenticate", "authorise", "admit", "redact", "answer", "restore"]
                  },
                  "outcome": {"enum": ["pass", "modify", "skip"]}, "us": {"type": "integer"}
                 }
                }
               }
              }
             }
            }
           },
           "DocumentId": {"type": "string", "pattern": "^D-[0-9a-hjkmnp-tv-z]{26}$"},
           "DocumentCustomer": {"type": "string", "pattern": "^[A-Za-z0-9_.:-]{1,64}$"},
           "DocumentForm": {
            "type": "object", "required": ["file"],
            "properties": {
             "file": {"type": "string", "format": "binary"}, "name": {"type": "string"},
             "customer": {"$ref": "#/components/schemas/DocumentCustomer"},
             "session_id": {"$ref": "#/components/schemas/SessionId"}
            }
           },
           "Document": {
            "type": "object", "additionalProperties": false,
            "required": ["id", "version", "name", "type", "bytes", "state", "created"],
            "properties": {
             "id": {"$ref": "#/components/schemas/DocumentId"}, "version": {"type": "integer", "minimum": 1},
             "name": {"type": "string"}, "type": {"type": "string"}, "bytes": {"type": "integer", "minimum": 1},
             "state": {"enum": ["active", "archived"]}, "created": {"type": "string", "format": "date-time"}
            }
           },
           "StoredDocument": {
            "type": "object", "additionalProperties": false,
            "required": ["id", "version", "name", "type", "bytes", "state", "created", "request_id"],
            "properties": {
             "id": {"$ref": "#/components/schemas/DocumentId"}, "version": {"type": "integer", "minimum": 1},
             "name": {"type": "string"}, "type": {"type": "string"}, "bytes": {"type": "integer", "minimum": 1},
             "state": {"enum": ["active", "archived"]}, "created": {"type": "string", "format": "date-time"},
             "request_id": {"type": "string"}
            }
           },
           "DocumentList": {
            "type": "object", "additionalProperties": false, "required": ["documents", "request_id"],
            "properties": {
             "documents": {"type": "array", "items": {"$ref": "#/components/schemas/Document"}},
             "request_id": {"type": "string"}
            }
           },
           "NewTicket": {
            "type": "object", "additionalProperties": false, "required": ["message"],
            "properties": {
             "message": {"type": "string", "minLength": 1},
             "category": {"type": "string", "pattern": "^[a-z0-9_-]{1,32}$"}
            }
           },
           "Ticket": {
            "type": "object", "additionalProperties": false,
            "required": ["id", "category", "message", "state", "created", "request_id"],
            "properties": {
             "id": {"type": "string"}, "category": {"type": "string"},
             "message": {
              "type": "string",
              "description": "With personal data redacted, and by the policy for this reader where it is read"
             },
             \#(ticketProperties),
             "request_id": {"type": "string"}
            }
           },
           "SearchResult": {
            "type": "object", "additionalProperties": false, "required": ["version", "confidence", "results"],
            "properties": {
             "version": {"type": "integer"}, "confidence": {"type": "number", "minimum": 0, "maximum": 1},
             "results": {
              "type": "array",
              "items": {
               "type": "object", "additionalProperties": false,
               "required": ["id", "question", "answer", "category", "score"],
               "properties": {
                "id": {"type": "string"}, "question": {"type": "string"}, "answer": {"type": "string"},
                "category": {"type": "string"}, "score": {"type": "number", "minimum": 0, "maximum": 1},
                "source": {"type": "string"}
               }
              }
             }
            }
           },
           "Suggestions": {
            "type": "object", "additionalProperties": false, "required": ["version", "suggestions"],
            "properties": {
             "version": {"type": "integer"},
             "suggestions": {
              "type": "array",
              "items": {
               "type": "object", "additionalProperties": false, "required": ["id", "question", "category"],
               "properties": {
                "id": {"type": "string"}, "question": {"type": "string"}, "category": {"type": "string"}
               }
              }
             }
            }
           },
           "ImportReport": {
            "type": "object", "additionalProperties": false,
            "required": ["version", "rows_taken", "rows_refused", "refused", "request_id"],
            "properties": {
             "version": {"type": "integer"}, "rows_taken": {"type": "integer"},
             "rows_refused": {"type": "integer"},
             "refused": {
              "type": "array",
              "items": {
               "type": "object", "additionalProperties": false, "required": ["line", "reason"],
               "properties": {"line": {"type": "integer"}, "reason": {"type": "string"}}
              }
             },
             "request_id": {"type": "string"}
            }
           },
           "TokenRequest": {
            "type": "object", "additionalProperties": false, "required": ["subject", "roles"],
            "properties": {
             "subject": {"type": "string", "minLength": 1, "maxLength": 256},
             "roles": {"type": "array", "minItems": 1, "items": {"type": "string"}},
             "audience": {"type": "string"}, "ttl_s": {"type": "integer", "minimum": 1},
             "certificate": {
              "type": "string", "maxLength": 16384,
              "description": "PEM: the token is of use with this client certificate alone (RFC 8705)"
             },
             "scope": {"type": "string", "minLength": 1, "maxLength": 255},
             "session_id": {"type": "string", "minLength": 1, "maxLength": 255}
            }
           },
           "IssuedToken": {
            "type": "object", "additionalProperties": false,
            "required": ["token", "token_type", "expires_in", "jti", "request_id"],
            "properties": {
             "token": {"type": "string"}, "token_type": {"const": "Bearer"}, "expires_in": {"type": "integer"},
             "jti": {"type": "string"}, "request_id": {"type": "string"}
            }
           },
           "RevocationRequest": {
            "type": "object", "additionalProperties": false,
            "description": "One of jti, subject and role, or issued_before alone",
            "properties": {
             "jti": {"type": "string", "minLength": 1, "maxLength": 255},
             "subject": {"type": "string", "minLength": 1, "maxLength": 255},
             "role": {"type": "string", "minLength": 1, "maxLength": 64},
             "issuer": {"type": "string", "description": "May be left out where tokens of one issuer are accepted"},
             "issued_before": {
              "type": "integer", "minimum": 1,
              "description": "Seconds since 1970; not with jti. Left out: all that were issued until now"
             }
            }
           },
           "Revoked": {
            "type": "object", "additionalProperties": false, "required": ["issuer", "request_id"],
            "properties": {
             "jti": {"type": "string"}, "subject": {"type": "string"}, "role": {"type": "string"},
             "issuer": {"type": "string"}, "issued_before": {"type": "integer"},
             "request_id": {"type": "string"}
            }
           },
           "RevocationList": {
            "type": "object", "additionalProperties": false, "required": ["revocations"],
            "properties": {
             "revocations": {"type": "array", "items": {"$ref": "#/components/schemas/Revocation"}},
             "next": {"type": "integer", "description": "The after of the next request; absent where there is no more"}
            }
           },
           "Revocation": {
            "type": "object", "additionalProperties": false, "required": ["number", "issuer", "revoked_at"],
            "properties": {
             "number": {"type": "integer"},
             "jti": {"type": "string"}, "subject": {"type": "string"}, "role": {"type": "string"},
             "issuer": {"type": "string"}, "issued_before": {"type": "integer"},
             "revoked_at": {"type": "integer"}
            }
           },
           "SessionId": {"type": "string", "pattern": "^[A-Za-z0-9_-]{8,64}$", "description": "A conversation's name"},
           "CustomerClaim": {
            "type": "object", "additionalProperties": false, "required": ["account", "name"],
            "properties": {
             "account": {"type": "string", "minLength": 1, "maxLength": 64, "description": "Case, blanks and punctuation do not matter"},
             "name": {"type": "string", "minLength": 1, "maxLength": 256},
             "method": {"enum": ["question", "code"], "default": "question", "description": "A security question, or a one-time code (RFC 6238)"},
             "session_id": {"$ref": "#/components/schemas/SessionId"}
            }
           },
           "CustomerProof": {
            "type": "object", "additionalProperties": false, "required": ["session_id", "answer"],
            "properties": {
             "session_id": {"$ref": "#/components/schemas/SessionId"},
             "answer": {"type": "string", "minLength": 1, "maxLength": 256}
            }
           },
           "Challenge": {
            "type": "object", "additionalProperties": false,
            "required": ["session_id", "state", "method", "expires_in", "answers_left", "request_id"],
            "properties": {
             "session_id": {"$ref": "#/components/schemas/SessionId"}, "state": {"const": "challenged"},
             "method": {"enum": ["question", "code"]}, "question": {"type": "string"},
             "expires_in": {"type": "integer"}, "answers_left": {"type": "integer"}, "request_id": {"type": "string"}
            }
           },
           "VerificationState": {
            "type": "object", "additionalProperties": false, "required": ["session_id", "state", "level", "request_id"],
            "properties": {
             "session_id": {"$ref": "#/components/schemas/SessionId"},
             "state": {"enum": ["unverified", "challenged", "verified", "expired"]},
             "level": {"enum": ["none", "knowledge", "possession"]},
             "expires_in": {"type": "integer"}, "answers_left": {"type": "integer"}, "request_id": {"type": "string"}
            }
           },
           "AuditHead": {
            "type": "object", "additionalProperties": false, "required": ["seq", "hash", "records"],
            "properties": {
             "seq": {"type": "integer"}, "hash": {"type": "string", "pattern": "^[0-9a-f]{64}$"},
             "records": {"type": "integer"}
            }
           },
           "InclusionProof": {
            "type": "object", "additionalProperties": false,
            "required": ["seq", "leaf", "size", "proof", "checkpoint"],
            "properties": {
             "seq": {"type": "integer"}, "leaf": {"type": "string", "contentEncoding": "base64"},
             "size": {"type": "integer"},
             "proof": {"type": "array", "items": {"type": "string", "contentEncoding": "base64"}},
             "checkpoint": {"type": "string"}
            }
           },
           "Erasure": {
            "type": "object", "additionalProperties": false, "required": ["subject", "ticket"],
            "properties": {
             "subject": {
              "type": "string", "minLength": 1, "maxLength": 1024,
              "description": "A token's sub, a certificate's subject, or unidentified:YYYY-MM-DD"
             },
             "ticket": {"type": "string", "minLength": 1, "maxLength": 128, "description": "Recorded: no personal data"}
            }
           },
           "Erased": {
            "type": "object", "additionalProperties": false, "required": ["keys", "request_id"],
            "properties": {
             "keys": {"type": "array", "items": {"type": "string", "pattern": "^[0-9a-f]{32}$"}},
             "request_id": {"type": "string"}
            }
           },
           "Text": {
            "type": "object", "additionalProperties": false, "required": ["text"],
            "properties": {
             "text": {"type": "string", "minLength": 1},
             "explain": {"type": "boolean", "default": false, "description": "Whether findings say why they were found"}
            }
           },
           "Redacted": {
            "type": "object", "additionalProperties": false, "required": ["text", "findings", "request_id"],
            "properties": {
             "text": {"type": "string"},
             "findings": {
              "type": "array",
              "items": {
               "type": "object", "additionalProperties": false,
               "required": ["type", "byte_start", "byte_end", "confidence"],
               "properties": {
                "type": {"type": "string"},
                "byte_start": {"type": "integer", "description": "In the text that was sent, in bytes of UTF-8"},
                "byte_end": {"type": "integer"}, "confidence": {"type": "number", "maximum": 1},
                "detector": {"type": "string", "description": "Which recogniser of the type; where it was asked for"},
                "reason": {"type": "string", "description": "What it went by, without the value; where it was asked for"}
               }
              }
             },
             "request_id": {"type": "string"}
            }
           },
           "Problem": {
            "type": "object", "required": ["type", "title", "status", "request_id"],
            "properties": {
             "type": {"type": "string", "format": "uri"}, "title": {"type": "string"},
             "status": {"type": "integer"}, "detail": {"type": "string"}, "request_id": {"type": "string"},
             "errors": {
              "type": "array",
              "items": {
               "type": "object",
               "properties": {"pointer": {"type": "string"}, "line": {"type": "integer"}, "column": {"type": "integer"}}
              }
             }
            }
           }
          }
         }
        }
        """#
}
