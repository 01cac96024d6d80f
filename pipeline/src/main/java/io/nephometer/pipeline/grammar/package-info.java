// SPDX-License-Identifier: Apache-2.0
/** What all definition files share: YAML that knows its lines, field expressions, plugins, and the problems found. */
@NullMarked
package io.nephometer.pipeline.grammar;

import org.jspecify.annotations.NullMarked;
