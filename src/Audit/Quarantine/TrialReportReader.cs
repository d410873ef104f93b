using System.Text.Json;
using System.Text.Json.Serialization;
using Governance.Audit.Inference;
using Governance.Audit.Quarantine.Scanning;
using Governance.Audit.Runs;

namespace Governance.Audit.Quarantine;

/// <summary>Reads the report of a child process as what it is: the word of whoever wrote the model.</summary>
internal static class TrialReportReader
{
    private const int MostChecks = 200;
    private const int MostLetters = 1_000;
    private const int MostClasses = 100_000;
    private const long MostWidth = int.MaxValue;

    private static readonly JsonSerializerOptions Strict = new(ReportJson.Options)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        AllowDuplicateProperties = false,
        RespectNullableAnnotations = true,
        MaxDepth = 8,
    };

    /// <summary>Reads a report.</summary>
    /// <param name="bytes">What the child wrote.</param>
    /// <param name="content">What our own reader found in the same file.</param>
    /// <returns>Null where it is no report, or one that does not fit the file.</returns>
    public static TrialReport? Read(ReadOnlySpan<byte> bytes, ModelContent content)
    {
        TrialReport? report;
        try
        {
            report = JsonSerializer.Deserialize<TrialReport>(bytes, Strict);
        }
        catch (Exception fault) when (fault is JsonException or NotSupportedException or InvalidOperationException)
        {
            return null;
        }

        return report switch
        {
            { Refusal: { Length: > 0 } refusal } => new TrialReport { Refusal = Quoted.Plain(refusal, MostLetters) },
            { Refusal: null, Signature: { } signature, Checks.Count: > 0 and <= MostChecks } when Fits(signature, content) =>
                report with { Checks = [.. report.Checks.Select(check => new ModelCheck(Quoted.Plain(check.Name, 60), check.Ok, Quoted.Plain(check.Message, MostLetters)))] },
            _ => null,
        };
    }

    /// <summary>Writes a report, for the child.</summary>
    public static byte[] Write(TrialReport report) => JsonSerializer.SerializeToUtf8Bytes(report, ReportJson.Options);

    private static bool Fits(ModelSignature signature, ModelContent content) =>
        signature is { Inputs: not null, Outputs: not null }
        && signature.Inputs.All(input => input is { Name: not null, RowShape: not null })
        && signature.Outputs.All(output => output is { Name: not null, Type.Length: > 0 and <= MostLetters, Shape: not null })
        && signature.Inputs.Select(input => input.Name).ToHashSet(StringComparer.Ordinal).SetEquals(content.Inputs.Keys)
        && signature.Outputs.Select(output => output.Name).ToHashSet(StringComparer.Ordinal).SetEquals(content.Outputs.Select(output => output.Name))
        && signature.Inputs.All(input => Enum.IsDefined(input.Kind) && input.FixedBatch >= 0 && input.RowShape.Count <= 64
            && input.RowShape.All(size => size is -1 or > 0) && input.RowShape.Aggregate(1.0, (product, size) => product * size) <= MostWidth)
        && signature.Outputs.All(output => Enum.IsDefined(output.Role) && output.Shape.Count <= 64
            && (output.Classes is null || (output.Classes.Count <= MostClasses && output.Classes.All(name => name is { Length: <= MostLetters }))));
}
