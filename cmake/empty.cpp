// SPDX-License-Identifier: MIT
// For targets that exist for their flags: a precompiled header belongs to a target with a source.
