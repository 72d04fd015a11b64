/** Descriptions in the metadata of picture files: read, and written without touching pixels. */
package io.caption4j.data.metadata;
