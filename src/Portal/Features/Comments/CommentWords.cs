using Governance.Audit.Findings;
using Governance.Registry.Comments;

namespace Governance.Portal.Features.Comments;

/// <summary>Sentences about comments. Pure; no cell of a row ever stands in them.</summary>
internal static class CommentWords
{
    /// <summary>The heading of a thread.</summary>
    public static string Title(int comments) => comments switch
    {
        0 => "Nobody has commented yet",
        1 => "One comment",
        _ => $"{PlainNumbers.Count(comments)} comments",
    };

    /// <summary>What a comment is about, after the version's name.</summary>
    public static string About(CommentTopic topic) => topic.Kind switch
    {
        CommentKind.Case => $"row {topic.Row}",
        CommentKind.Comparison => "a comparison",
        _ => topic.Finding is { } finding ? $"finding {finding}" : "its evidence",
    };

    /// <summary>Why a comment was refused, by the code in the address; null for none that is known.</summary>
    public static string? Refusal(string? code) => code switch
    {
        "no-text" => CommentPolicy.RefusalForText(null)!.Sentence,
        "too-late" => $"A comment is changed within {CommentPolicy.EditableFor.TotalMinutes:0} minutes. Write another one.",
        "not-yours" => "Only who wrote a comment changes or erases it.",
        "erased" => "The text of this comment was erased already.",
        _ => null,
    };

    /// <summary>A text in pieces, of which those that call upon somebody are marked.</summary>
    public static IReadOnlyList<(string Text, bool Calls)> Pieces(string text)
    {
        List<(string, bool)> pieces = [];
        int at = 0;
        foreach (string name in MentionedPeople.In(text).OrderBy(name => text.IndexOf("@" + name, StringComparison.Ordinal)))
        {
            int found = text.IndexOf("@" + name, at, StringComparison.Ordinal);
            if (found >= at)
            {
                pieces.Add((text[at..found], false));
                pieces.Add((text[found..(found + name.Length + 1)], true));
                at = found + name.Length + 1;
            }
        }

        pieces.Add((text[at..], false));
        return [.. pieces.Where(piece => piece.Item1.Length > 0)];
    }
}
