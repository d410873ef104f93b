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
        text = SourcePlace().Replace(text.ReplaceLineEndings("\n").Split('\n')[0], "").Trim();
        text = text.Length > MaxLength ? text[..MaxLength] + "…" : text;
        return text.EndsWith('.') || text.EndsWith('…') ? text : text + ".";
    }

    /// <summary>Whether a refusal is the runtime's for want of memory.</summary>
    public static bool IsMemory(InputException refusal) =>
        refusal.InnerException is OnnxRuntimeException fault && Memory().IsMatch(fault.Message);

    [GeneratedRegex("allocate memory|bad_alloc|[Oo]ut of memory|Available memory of|max_size\\(\\)|length_error")]
    private static partial Regex Memory();

    // Such as "/onnxruntime_src/…/tree_ensemble_common.h:599 void onnxruntime::… [with …] condition was false. ".
    [GeneratedRegex(@"(?:Status Message: )?/\S+\.(?:cc|h):\d+ (?:.* was false\. ?|\S+ )?")]
    private static partial Regex SourcePlace();
}
