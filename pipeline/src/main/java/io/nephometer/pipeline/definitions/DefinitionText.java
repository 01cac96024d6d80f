// SPDX-License-Identifier: Apache-2.0
package io.nephometer.pipeline.definitions;

/**
 * The text of a definition file.
 *
 * @param name how problems call the file
 */
public record DefinitionText(String name, String text) {}
