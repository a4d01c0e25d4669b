// libxml2 by name: only the process that takes text out of documents loads it. A tree that was read, walked without recursion.
#ifndef PC_XML2_H
#define PC_XML2_H

#include <stddef.h>
#include <string.h>

// Loads the library for good. Returns 0, or -1 with why in `message`, cut to its capacity.
int pc_xml_load(const char *name, char *message, size_t capacity);

typedef struct pc_xml_walk pc_xml_walk;

enum pc_xml_event { pc_xml_end = 0, pc_xml_open = 1, pc_xml_text = 2, pc_xml_close = 3 };

// Reads a document: HTML leniently, XML strictly, neither with anything from outside. `encoding` may be NULL: it is then
// what the document says. NULL where it is not well-formed XML, too deep, or there is no memory.
pc_xml_walk *pc_xml_read(const char *bytes, size_t size, int is_html, const char *encoding);
// 1 where the document has a type definition of its own, which may declare entities.
int pc_xml_has_subset(const pc_xml_walk *walk);
// Goes to the next event in the document's order.
int pc_xml_next(pc_xml_walk *walk);
// The local name of the element that the last event opened or closed, or the last text; zero-ended UTF-8, never NULL.
const char *pc_xml_name(const pc_xml_walk *walk);
const char *pc_xml_content(const pc_xml_walk *walk);
// The value of an attribute of the element that the last event opened, by its local name; NULL where it has none.
const char *pc_xml_attribute(const pc_xml_walk *walk, const char *name);
void pc_xml_free(pc_xml_walk *walk);

#endif
