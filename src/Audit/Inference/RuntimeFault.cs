using System.Text.RegularExpressions;
using Governance.Audit.Data;
using Microsoft.ML.OnnxRuntime;

namespace Governance.Audit.Inference;

/// <summary>Words of the runtime made fit for a sentence to a user.</summary>
internal static partial class RuntimeFault
{
    private const int MaxLength = 300;

    /// <summary>
    /// The first line of what the runtime said, without its error code and source files, cut to 300 characters, with a
    /// full stop.
    /// </summary>
    public static string Sentence(OnnxRuntimeException fault)
    {
        string text = fault.Message;
        int code = text.IndexOf("] ", StringComparison.Ordinal);
        text = text.StartsWith("[ErrorCode:", StringComparison.Ordinal) && code > 0 ? text[(code + 2)..] : text;
        text = text.Replace("Exception during initialization: ", "", StringComparison.Ordinal);
        text = WithoutPlace(text.ReplaceLineEndings("\n").Split('\n')[0]).Trim();
        text = OutsideTable().Match(text) is { Success: true } lookUp
            ? $"{lookUp.Groups[1].Value} is looked up in a table of the model that has the places 0 to {lookUp.Groups[2].Value}: it knows no such token or code."
            : text;
        text = text.Length > MaxLength ? text[..MaxLength] + "…" : text;
        return text.EndsWith('.') || text.EndsWith('…') ? text : text + ".";
    }

    /// <summary>Whether a refusal is the runtime's for want of memory.</summary>
    public static bool IsMemory(InputException refusal) =>
        refusal.InnerException is OnnxRuntimeException fault && Memory().IsMatch(fault.Message);

    // A Gather with an index that its table does not have: a token or code of no word that the model was trained on.
    [GeneratedRegex(@"indices element out of data bounds, idx=(-?\d+) must be within the inclusive range \[-?\d+,(\d+)\]")]
    private static partial Regex OutsideTable();

    [GeneratedRegex("allocate memory|bad_alloc|[Oo]ut of memory|Available memory of|max_size\\(\\)|length_error")]
    private static partial Regex Memory();

    // Such as "/onnxruntime_src/…/tree_ensemble_common.h:599 void onnxruntime::…::Compute(…) [with T = float] condition was
    // false. What went wrong": the place, the signature, the condition, and only then what a person can use.
    private static string WithoutPlace(string text)
    {
        Match place = SourcePlace().Match(text);
        if (!place.Success)
        {
            return text;
        }

        string rest = text[(place.Index + place.Length)..];
        int at = 0;
        for (int open = rest.IndexOf('('); open == at || (open > at && IsSignature(rest.AsSpan(at, open - at))); open = rest.IndexOf('(', at))
        {
            at = Close(rest, open);
        }

        rest = rest[at..].TrimStart();
        rest = rest.StartsWith("const ", StringComparison.Ordinal) ? rest[6..] : rest;
        rest = rest.StartsWith("[with ", StringComparison.Ordinal) ? rest[Close(rest, 0)..].TrimStart() : rest;
        int condition = rest.IndexOf(" was false.", StringComparison.Ordinal);
        rest = condition < 0 ? rest : rest[(condition + " was false.".Length)..];
        return text[..place.Index] + rest.TrimStart();
    }

    // Between the place and the message stands C++: names with "::", templates, pointers; a message begins behind a bracket.
    private static bool IsSignature(ReadOnlySpan<char> text) => text.Contains("::", StringComparison.Ordinal) || !text.Contains(' ');

    // Behind the bracket that closes the one at this place, angle brackets aside; the end where none does.
    private static int Close(string text, int open)
    {
        int depth = 0;
        for (int i = open; i < text.Length; i++)
        {
            depth += text[i] is '(' or '[' ? 1 : text[i] is ')' or ']' ? -1 : 0;
            if (depth == 0)
            {
                return i + 1;
            }
        }

        return text.Length;
    }

    [GeneratedRegex(@"(?:Status Message: )?(?:/\S+/)?[\w.]+\.(?:cc|h|cpp):\d+ ")]
    private static partial Regex SourcePlace();
}
