using System.Text.Json.Nodes;
using Governance.Audit.Findings;
using Governance.Audit.Runs;

namespace Governance.Audit.Documents;

/// <summary>Sealed evidence that documents quote from: numbers leave it only with their place.</summary>
public sealed class CitedEvidence
{
    private readonly JsonNode json;

    /// <summary>Evidence to quote from.</summary>
    /// <param name="origin">Which.</param>
    /// <param name="document">As the reader may see it.</param>
    public CitedEvidence(DocumentEvidence origin, FindingsDocument document)
    {
        Origin = origin;
        Document = document;
        json = JsonNode.Parse(SealableFindings.Bytes(document))!;
    }

    /// <summary>Which evidence.</summary>
    public DocumentEvidence Origin { get; }

    /// <summary>What was found, as the reader may see it.</summary>
    public FindingsDocument Document { get; }

    /// <summary>The path of a finding.</summary>
    public static string PathOf(Finding finding)
    {
        ArgumentNullException.ThrowIfNull(finding);
        return EvidencePath.Where("findings", "id", finding.Id);
    }

    /// <summary>A number in the words of <paramref name="words"/>.</summary>
    /// <param name="path">Where it stands.</param>
    /// <param name="words">Puts it into words.</param>
    /// <returns>"undefined" where no number stands there.</returns>
    public DocumentValue Number(string path, Func<double, string> words)
    {
        ArgumentNullException.ThrowIfNull(words);
        return Find(path) is double value ? new DocumentValue(words(value), [new CitedNumber(value, Origin.Id, path)]) : "undefined";
    }

    /// <summary>A number with three decimals or so.</summary>
    public DocumentValue Number(string path) => Number(path, value => PlainNumbers.Value(value));

    /// <summary>A count.</summary>
    public DocumentValue Count(string path) => Number(path, value => PlainNumbers.Count((long)value));

    /// <summary>A share as a percentage.</summary>
    public DocumentValue Percent(string path) => Number(path, PlainNumbers.Percent);

    /// <summary>An estimate with its interval, or alone where it has none.</summary>
    /// <param name="value">Where the estimate stands.</param>
    /// <param name="interval">Where its interval stands.</param>
    public DocumentValue Estimate(string value, string interval)
    {
        string[] paths = [value, EvidencePath.At(interval, 0), EvidencePath.At(interval, 1)];
        double?[] found = [.. paths.Select(Find)];
        return found is not [double estimate, double low, double high] ? Number(value)
            : new DocumentValue(
                PlainNumbers.WithInterval(estimate, [low, high]),
                [new CitedNumber(estimate, Origin.Id, paths[0]), new CitedNumber(low, Origin.Id, paths[1]), new CitedNumber(high, Origin.Id, paths[2])]);
    }

    /// <summary>A finding's value with its interval.</summary>
    public DocumentValue Estimate(Finding finding) =>
        Estimate(EvidencePath.Then(PathOf(finding), "value"), EvidencePath.Then(PathOf(finding), "interval"));

    private double? Find(string path) => EvidencePath.Find(json, path) is JsonValue value && value.TryGetValue(out double number) ? number : null;
}
