/** What only the making of the image needs. */
package dev.podhop.image;
