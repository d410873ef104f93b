using Governance.Portal.Features.Versions;
using Governance.Registry.Policies;
using Governance.Registry.Register;
using Governance.Registry.Versions;

namespace Governance.Portal.Features.SignOffs;

/// <summary>What the registry knows about a line by itself.</summary>
/// <param name="Verdict">What that comes to; null where it shows nothing.</param>
/// <param name="Words">The same in words.</param>
internal sealed record ChecklistFact(GateVerdict? Verdict, string Words)
{
    /// <summary>The findings of the register that an answer on the line speaks of.</summary>
    public IReadOnlyList<string> Covers { get; init; } = [];
}

/// <summary>The facts that policy packs name, and where lines are looked at. Pure.</summary>
internal static class ChecklistFacts
{
    /// <summary>A fact by its name in the pack; null for one that nothing shows yet.</summary>
    public static ChecklistFact? Of(string name, ChecklistInput input) => name switch
    {
        "tier" => new ChecklistFact(GateVerdict.Meets, $"{input.View.Model.Tier}."),
        "artifact" => new ChecklistFact(GateVerdict.Meets, $"{Origin(input.View)}, bound by digest {input.View.Version.Digest.Hex[..8]}."),
        "datasets" => Data(input),
        "protected-columns" => input.Protected.Count == 0 ? null : new ChecklistFact(GateVerdict.Meets, $"The latest audit looked at {string.Join(", ", input.Protected)}."),
        "findings" => Findings(input),
        "independence" => Independence(input.View),
        "frontier" => MeasuredFacts.Frontier(input.Measures),
        "reason-codes" => MeasuredFacts.ReasonCodes(input.Measures),
        "capacity" => MeasuredFacts.Capacity(input.Measures),
        "re-scoring" => MeasuredFacts.ReScoring(input.Measures, input.Pack.Limit("rescored-decisions")),
        "variants" => VariantFacts.Of(input.Measures.Variants),
        "monitoring" => MeasuredFacts.Monitoring(input.Measures, input.View.Version.Stage),
        _ => null,
    };

    /// <summary>The tab of a version on which a line is looked at.</summary>
    public static string TabOf(ChecklistRequirement requirement) => (requirement.Metrics is [string first, ..] ? first.Split('.')[0] : "", requirement.Id) switch
    {
        (_, "findings-closed" or "residual-risks") => "sign-off#register",
        (_, "independence") => "history",
        (_, "extraction") => "protection",
        (_, "capacity") => "serving",
        (_, "variants") => "battery",
        (_, "monitoring-plan") => "monitoring",
        (_, "robustness") => "robustness",
        (_, "weak-cohorts") => "slices",
        (_, "less-discriminatory") => "mitigation",
        (_, "data-sheet" or "re-scoring") => "evidence",
        ("fairness", _) or (_, "protected-attributes") => "fairness",
        ("performance", _) or (_, "stability") => "performance",
        ("explanation", _) or (_, "reason-codes") => "explain",
        _ => "overview",
    };

    private static ChecklistFact? Data(ChecklistInput input) => input.Data.Count == 0 ? null : new ChecklistFact(
        GateVerdict.Meets, $"Measured on {string.Join(", ", input.Data.Select(data => $"{data.Name} ({data.Role}, {data.Digest.Short})").Distinct())}.");

    private static ChecklistFact Findings(ChecklistInput input)
    {
        RegisterView[] open = [.. input.Register.Where(view => view.Status == FindingStatus.Open)];
        int accepted = input.Register.Count(view => view.Status == FindingStatus.Accepted);
        int closed = input.Register.Count(view => view.Status == FindingStatus.Closed);
        return new ChecklistFact(
            open.Length == 0 ? GateVerdict.Meets : open.Any(view => view.Entry.Finding.Severity >= Severity.High) ? GateVerdict.Breaches : GateVerdict.Inconclusive,
            input.Register.Count == 0 ? "The register has no finding on this version." : $"{open.Length} open, {accepted} accepted, {closed} closed.")
        {
            Covers = [.. open.Select(view => view.Entry.Finding.Id.ToString())],
        };
    }

    private static ChecklistFact Independence(VersionView view)
    {
        VersionPeople people = view.State.People;
        bool builderSigned = people.Reviewers.Concat(people.Deciders).Any(person => person == people.Author || people.Submitters.Contains(person));
        return builderSigned || people.Reviewers.Overlaps(people.Deciders)
            ? new ChecklistFact(GateVerdict.Breaches, "Author, reviewers and approvers are not different persons.")
            : new ChecklistFact(GateVerdict.Meets, "Author, reviewers and approvers are different persons.");
    }

    private static string Origin(VersionView view) => view.Parents.Count == 0
        ? "No parents recorded"
        : string.Join(", ", view.Parents.Select(parent => $"{VersionWords.Of(parent.Kind)} {parent.Model} v{parent.Number}"));
}
