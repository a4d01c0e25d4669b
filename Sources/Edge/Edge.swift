// Module Edge.
