using Governance.Audit.Fairness;
using Governance.Audit.Findings;
using Governance.Audit.Runs;
using Governance.Registry.Models;
using Governance.Registry.Policies;

namespace Governance.Audit.Documents;

/// <summary>Blocks that several documents have in common.</summary>
/// <param name="source">What they are written from.</param>
internal sealed class DocumentParts(DocumentSource source)
{
    private const int MostFeatures = 10;

    /// <summary>What they are written from.</summary>
    public DocumentSource Source => source;

    /// <summary>The newest evidence that holds something; null where none does.</summary>
    public CitedEvidence? Newest(Func<FindingsDocument, bool> has) => source.Evidence.FirstOrDefault(one => has(one.Document));

    /// <summary>The version by its digests.</summary>
    public FactsBlock Identity() => new(
    [
        new("Model", source.Model), new("Title", source.ModelTitle), new("Version", $"v{source.Number}"), new("Tier", source.Tier.ToString()),
        new("Stage", source.Stage), new("Owner", source.Owner), new("Author", source.Author), new("Registered", DocumentWords.Day(source.RegisteredAt)),
        new("Came from", source.Parents.Count == 0 ? "no parents recorded" : string.Join(", ", source.Parents)),
        new("Version digest", source.VersionDigest), new("Model file digest", source.ArtifactDigest),
        new("Encoding digest", source.EncodingDigest ?? "none"), new("Evidence root", source.EvidenceRoot),
    ]);

    /// <summary>The packs that count.</summary>
    public FactsBlock Policy() => new(
    [
        new("Policy pack", source.Policy.Base.Label), new("Its digest", source.Policy.Base.Digest.Hex), new("It comes from", source.Policy.Base.Citation),
        .. source.Policy.Supplements.Select(pack => new DocumentFact("Besides", $"{pack.Label}: {pack.Title}, {pack.Jurisdiction}")),
    ]);

    /// <summary>What a person attested for a line of the checklist, or the visible gap.</summary>
    /// <param name="line">The line's id.</param>
    /// <param name="about">What it is about.</param>
    public DocumentBlock Attested(string line, string about)
    {
        ChecklistRequirement? asked = source.Policy.ChecklistFor(RiskTier.Critical).FirstOrDefault(each => each.Id == line);
        return source.Attestations.TryGetValue(line, out WrittenBlock? written) ? written with { About = about }
            : new MissingBlock(about, asked?.Asks is string asks ? $"{DocumentWords.AttestIt} It is asked: {asks}" : DocumentWords.AttestIt);
    }

    /// <summary>The performance metrics of the newest evidence that has them.</summary>
    public IEnumerable<DocumentBlock> Performance()
    {
        if (Newest(document => document.Performance is not null) is not { } evidence)
        {
            return [new MissingBlock("Performance", DocumentWords.MeasureIt)];
        }

        return
        [
            new TableBlock(
                "Performance, with intervals", ["Metric", "Estimate", "Rows"],
                [
                    .. evidence.Document.Performance!.Metrics.Where(metric => metric.Value is not null).Select(metric => (IReadOnlyList<DocumentValue>)
                    [
                        DocumentWords.Metric(metric.Key),
                        evidence.Estimate(EvidencePath.Of("performance", "metrics", metric.Key), EvidencePath.Of("performance", "intervals", metric.Key)),
                        evidence.Count("performance.count"),
                    ]),
                ]),
        ];
    }

    /// <summary>The groups of each protected attribute.</summary>
    public IEnumerable<DocumentBlock> Groups()
    {
        if (Newest(document => document.Fairness is not null) is not { } evidence)
        {
            return [new MissingBlock("Metrics by protected group", DocumentWords.MeasureIt)];
        }

        return
        [
            .. evidence.Document.Fairness!.Attributes.Select(attribute => GroupTable(evidence, attribute)),
            new TextBlock(DocumentWords.Caution),
        ];
    }

    /// <summary>Findings with a limit.</summary>
    public IEnumerable<DocumentBlock> Limits()
    {
        (CitedEvidence Evidence, Finding Finding)[] gated =
        [
            .. source.Evidence.SelectMany(evidence => evidence.Document.Findings.Where(finding => finding.Gate is not null).Select(finding => (evidence, finding)))
                .DistinctBy(pair => (pair.finding.Id, pair.finding.Gate!.Id)),
        ];
        return gated.Length == 0 ? [new MissingBlock("Findings with a limit", DocumentWords.MeasureIt)] :
        [
            new TableBlock(
                "Findings with a limit", ["Limit", "Of", "Measured", "Allowed", "Rows", "Verdict"],
                [.. gated.Select(pair => LimitRow(pair.Evidence, pair.Finding))]),
            .. gated.Where(pair => pair.Finding.Gate!.Verdict != GateVerdict.Meets).Select(pair => new SealedBlock(
                pair.Finding.Sentence, pair.Evidence.Origin.Id, EvidencePath.Then(CitedEvidence.PathOf(pair.Finding), "sentence"))),
        ];
    }

    /// <summary>The features that move the output most.</summary>
    public IEnumerable<DocumentBlock> Importance()
    {
        if (Newest(document => document.Importance is { Count: > 0 }) is not { } evidence)
        {
            return [new MissingBlock("Which features move the output", DocumentWords.MeasureIt)];
        }

        return
        [
            new TableBlock(
                "Mean absolute attribution, the largest first", ["Feature", "Attribution"],
                [
                    .. evidence.Document.Importance!.Take(MostFeatures).Select(feature => (IReadOnlyList<DocumentValue>)
                    [
                        feature.Feature,
                        evidence.Estimate(
                            EvidencePath.Then(EvidencePath.Where("importance", "feature", feature.Feature), "meanAbsolute"),
                            EvidencePath.Then(EvidencePath.Where("importance", "feature", feature.Feature), "interval")),
                    ]),
                ]),
        ];
    }

    /// <summary>The data that evidence was measured on.</summary>
    public IEnumerable<DocumentBlock> Data() => source.Evidence.Count == 0 ? [new MissingBlock("Evaluation data", DocumentWords.MeasureIt)] :
    [
        new TableBlock(
            "Data behind the evidence", ["Role", "Data set", "Rows", "Digest"],
            [
                .. source.Evidence.SelectMany(evidence => evidence.Document.Data.Select((data, i) => (Evidence: evidence, Data: data, Place: i)))
                    .DistinctBy(row => (row.Data.Role, row.Data.Digest)).Select(row => (IReadOnlyList<DocumentValue>)
                    [
                        row.Data.Role, row.Data.Name, row.Evidence.Count(EvidencePath.Then(EvidencePath.At("data", row.Place), "rows")), row.Data.Digest,
                    ]),
            ]),
    ];

    /// <summary>What a reader must know besides.</summary>
    public IEnumerable<DocumentBlock> Warnings() =>
        source.Evidence.SelectMany(evidence => evidence.Document.Warnings.Select((warning, i) => new SealedBlock(
            warning.Message, evidence.Origin.Id, EvidencePath.Then(EvidencePath.At("warnings", i), "message")))).DistinctBy(block => block.Text);

    /// <summary>Reviews and decisions.</summary>
    public IEnumerable<DocumentBlock> SignOffs() => source.SignOffs.Count == 0
        ? [new MissingBlock("Reviews and decisions", "A reviewer and an approver sign on the Sign-off page of the version.")]
        : source.SignOffs.SelectMany(signed => Signed(signed));

    private static IEnumerable<DocumentBlock> Signed(SignedStatement signed)
    {
        yield return new WrittenBlock(signed.Said, signed.Rationale ?? "The words were erased on request; their digest is in the ledger.", signed.By, signed.At);
        if (signed.Conditions is string conditions)
        {
            yield return new WrittenBlock("Conditions", conditions, signed.By, signed.At);
        }
    }

    private static TableBlock GroupTable(CitedEvidence evidence, AttributeFairness attribute)
    {
        string[] metrics = [.. ((string[])["selection_rate", "tpr", "fpr", "ppv", "accuracy", "mean_error", "mae"])
            .Where(metric => attribute.Groups.Any(group => group.Metrics.GetValueOrDefault(metric) is not null))];
        string own = EvidencePath.Where("fairness.attributes", "attribute", attribute.Attribute);
        return new TableBlock(
            $"Groups of {DocumentWords.Attribute(attribute.Attribute)}", ["Group", "Rows", .. metrics.Select(DocumentWords.Metric)],
            [
                .. attribute.Groups.Select(group =>
                {
                    string path = EvidencePath.Where(EvidencePath.Then(own, "groups"), "group", group.Group);
                    return (IReadOnlyList<DocumentValue>)
                    [
                        group.Group, evidence.Count(EvidencePath.Then(path, "count")),
                        .. metrics.Select(metric => evidence.Estimate(
                            EvidencePath.Then(EvidencePath.Then(path, "metrics"), metric), EvidencePath.Then(EvidencePath.Then(path, "intervals"), metric))),
                    ];
                }),
            ]);
    }

    private static IReadOnlyList<DocumentValue> LimitRow(CitedEvidence evidence, Finding finding)
    {
        string path = CitedEvidence.PathOf(finding);
        string gate = EvidencePath.Then(path, "gate");
        DocumentValue least = finding.Gate!.AtLeast is null ? "" : evidence.Number(EvidencePath.Then(gate, "atLeast"), value => $"at least {PlainNumbers.Limit(value)}");
        DocumentValue most = finding.Gate.AtMost is null ? "" : evidence.Number(EvidencePath.Then(gate, "atMost"), value => $"at most {PlainNumbers.Limit(value)}");
        return
        [
            DocumentWords.Metric(finding.Metric), finding.Slice is null ? "all rows" : DocumentWords.Attribute(finding.Slice), evidence.Estimate(finding),
            new DocumentValue(string.Join(", ", new[] { least.Text, most.Text }.Where(text => text.Length > 0)), [.. least.Numbers, .. most.Numbers]),
            evidence.Count(EvidencePath.Then(path, "n")), DocumentWords.Verdict(finding.Gate.Verdict),
        ];
    }
}
