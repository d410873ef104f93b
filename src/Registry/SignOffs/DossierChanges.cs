namespace Governance.Registry.SignOffs;

/// <summary>What came, went or changed in one part of a dossier.</summary>
/// <param name="Part">Which part.</param>
/// <param name="What">What it is about: a data set, a finding, a line.</param>
/// <param name="Before">As it was; null where it was not there.</param>
/// <param name="After">As it is; null where it is gone.</param>
/// <param name="FindingBefore">The measured finding as it was; null for other parts.</param>
/// <param name="FindingAfter">The measured finding as it is; null for other parts.</param>
public sealed record DossierChange(
    DossierPart Part, string What, string? Before, string? After, DossierFinding? FindingBefore = null, DossierFinding? FindingAfter = null);

/// <summary>Compares two dossiers. Pure.</summary>
public static class DossierChanges
{
    /// <summary>Everything that differs, part by part. The same findings in other documents are no change.</summary>
    /// <param name="before">What was signed.</param>
    /// <param name="after">What is there.</param>
    public static IReadOnlyList<DossierChange> Between(SignOffDossier before, SignOffDossier after)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        List<DossierChange> changes = [];
        Single(DossierPart.Weights, "Model file", before.Weights.Short, after.Weights.Short, before.Weights == after.Weights);
        Single(DossierPart.Encoding, "Encoding", before.Encoding?.Short, after.Encoding?.Short, before.Encoding == after.Encoding);
        Single(DossierPart.Threshold, "Threshold", before.Threshold, after.Threshold, before.Threshold == after.Threshold);
        Single(
            DossierPart.Policy, "Policy pack", $"{before.Policy.Name} {before.Policy.Number}", $"{after.Policy.Name} {after.Policy.Number}",
            before.Policy == after.Policy);
        Keyed(DossierPart.Data, before.Data.Select(Data), after.Data.Select(Data));
        changes.AddRange(Findings(before, after));
        Keyed(DossierPart.Attestations, before.Attestations.Select(Line), after.Attestations.Select(Line));
        Keyed(DossierPart.Cases, before.Cases.Select(Fact), after.Cases.Select(Fact));
        Keyed(DossierPart.Register, before.Register.Select(Fact), after.Register.Select(Fact));
        return changes;

        void Single(DossierPart part, string what, string? was, string? now, bool same)
        {
            if (!same)
            {
                changes.Add(new DossierChange(part, what, was, now));
            }
        }

        void Keyed(DossierPart part, IEnumerable<(string Key, string Value)> was, IEnumerable<(string Key, string Value)> now)
        {
            ILookup<string, string> old = was.ToLookup(pair => pair.Key, pair => pair.Value);
            ILookup<string, string> young = now.ToLookup(pair => pair.Key, pair => pair.Value);
            foreach (string key in old.Select(group => group.Key).Union(young.Select(group => group.Key)).Order(StringComparer.Ordinal))
            {
                if (!old[key].Order(StringComparer.Ordinal).SequenceEqual(young[key].Order(StringComparer.Ordinal)))
                {
                    changes.Add(new DossierChange(part, key, Joined(old[key]), Joined(young[key])));
                }
            }
        }
    }

    /// <summary>
    /// The first difference that voids a decision. Work on what the decision saw goes on without voiding it: an open finding of
    /// the register may be closed or accepted. What it did not see may not come, and what it saw may not go.
    /// </summary>
    internal static DossierDifference? FirstDifference(SignOffDossier then, SignOffDossier now) =>
        then.Weights != now.Weights || then.Version != now.Version ? new(DossierPart.Weights, "The version is not the one that was approved.")
        : then.Encoding != now.Encoding ? new(DossierPart.Encoding, "The encoding is not the one that was approved.")
        : then.Threshold != now.Threshold ? new(DossierPart.Threshold, "The threshold is not the one that was approved.")
        : !then.Data.Select(each => each.Digest.Hex).ToHashSet().SetEquals(now.Data.Select(each => each.Digest.Hex))
            ? new(DossierPart.Data, "The evidence was measured on other data than those that were approved.")
        : !then.Evidence.SequenceEqual(now.Evidence) || !Measured(then).SequenceEqual(Measured(now))
            ? new(DossierPart.Evidence, "The findings are not those that the decision saw.")
        : !then.Attestations.SequenceEqual(now.Attestations) ? new(DossierPart.Attestations, "A statement of the checklist is not what the decision saw.")
        : !then.Cases.SequenceEqual(now.Cases) ? new(DossierPart.Cases, "The reviewed cases are not those that the decision saw.")
        : RegisterDifference(then, now);

    // Sealing the same document again makes it the latest, and changes nothing that was measured.
    private static IEnumerable<DossierFinding> Measured(SignOffDossier dossier) => dossier.Findings.Select(finding => finding with { Current = false });

    private static DossierDifference? RegisterDifference(SignOffDossier then, SignOffDossier now)
    {
        Dictionary<string, DossierFact> seen = then.Register.ToDictionary(row => row.Id);
        Dictionary<string, DossierFact> there = now.Register.ToDictionary(row => row.Id);
        return seen.Values.Any(row => !there.TryGetValue(row.Id, out DossierFact? kept) || kept.Digest != row.Digest)
                ? new(DossierPart.Register, "A finding of the register is not what the decision saw.")
            : there.Keys.Any(id => !seen.ContainsKey(id))
                ? new(DossierPart.Register, "A finding was raised after the decision.")
            : seen.Values.Any(row => row.State != "Open" && there[row.Id].State == "Open")
                ? new(DossierPart.Register, "A finding that was closed or accepted at the decision was opened again.")
            : null;
    }

    // A finding that meets the eye again in a newer document is compared with its newest measurement before.
    private static IEnumerable<DossierChange> Findings(SignOffDossier before, SignOffDossier after)
    {
        Dictionary<string, DossierFinding> old = Current(before);
        Dictionary<string, DossierFinding> young = Current(after);
        return old.Keys.Union(young.Keys).Order(StringComparer.Ordinal)
            .Where(id => old.GetValueOrDefault(id)?.Digest != young.GetValueOrDefault(id)?.Digest)
            .Select(id => new DossierChange(DossierPart.Evidence, id, null, null, old.GetValueOrDefault(id), young.GetValueOrDefault(id)));
    }

    private static Dictionary<string, DossierFinding> Current(SignOffDossier dossier) =>
        dossier.Findings.Where(finding => finding.Current).GroupBy(finding => finding.Id).ToDictionary(group => group.Key, group => group.First());

    private static (string, string) Data(DossierData data) => ($"{data.Role}: {data.Name}", data.Digest.Short);

    private static (string, string) Line(DossierFact fact) => (fact.State, fact.Digest.Hex[..8]);

    private static (string, string) Fact(DossierFact fact) => (fact.Id, fact.State);

    private static string? Joined(IEnumerable<string> values) => string.Join(", ", values) is { Length: > 0 } text ? text : null;
}
