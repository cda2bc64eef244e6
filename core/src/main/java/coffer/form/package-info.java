/**
 * Uploads by an HTML form: multipart/form-data read as a stream, so that the file never rests in memory. Boundaries and
 * part headers are found by Apache Commons FileUpload.
 */
@NullMarked
package coffer.form;

import org.jspecify.annotations.NullMarked;
