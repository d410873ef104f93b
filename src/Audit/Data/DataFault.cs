namespace Governance.Audit.Data;

/// <summary>The one form of sentences about a line of a data file.</summary>
internal static class DataFault
{
    /// <summary>At most 40 characters of a cell, for a sentence.</summary>
    public static string Shorten(string text) => text.Length > 40 ? text[..40] + "…" : text;

    /// <summary>"Line 31 of the data ….".</summary>
    /// <param name="line">The line, from 1; null for formats without lines.</param>
    /// <param name="what">What is wrong with it, without the final stop.</param>
    /// <param name="column">The column at fault, or null.</param>
    /// <param name="inner">What found it, or null.</param>
    public static InputException At(long? line, string what, string? column = null, Exception? inner = null)
    {
        string sentence = line is null ? $"The data {what}." : $"Line {line} of the data {what}.";
        return inner is null
            ? new InputException(sentence) { Line = line, Column = column }
            : new InputException(sentence, inner) { Line = line, Column = column };
    }
}
