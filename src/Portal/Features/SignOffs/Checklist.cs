using System.Globalization;
using Governance.Audit.Findings;
using Governance.Registry.Evidence;
using Governance.Registry.Policies;
using Governance.Registry.SignOffs;

namespace Governance.Portal.Features.SignOffs;

/// <summary>What a signer asks of a version: the lines of the policy pack, each judged from sealed findings, facts and statements. Pure.</summary>
internal static class Checklist
{
    private const string FactStart = "fact.";

    /// <summary>The lines in the pack's order, and one for findings with a limit that no line speaks of.</summary>
    /// <param name="input">What the lines are judged from.</param>
    public static IReadOnlyList<ChecklistLine> Of(ChecklistInput input)
    {
        List<ChecklistLine> lines = [.. input.Pack.ChecklistFor(input.View.Model.Tier).Select(requirement => LineOf(requirement, input))];
        HashSet<string> spoken = [.. lines.SelectMany(line => line.Covers)];
        DossierFinding[] others = [.. input.Current.Where(finding => finding.IsOpen && !spoken.Contains(finding.Id))];
        if (others.Length > 0)
        {
            lines.Add(new ChecklistLine("Further limits", "Limits that an audit set besides the policy", Worst(others), Sentences(others, input), input.View.Address("evidence"))
            {
                Id = "further-limits",
                Covers = [.. others.Select(finding => finding.Id)],
                Evidence = others[0].Evidence.Short,
            });
        }

        return lines;
    }

    private static ChecklistLine LineOf(ChecklistRequirement requirement, ChecklistInput input)
    {
        ChecklistLine line = new(requirement.Group, requirement.Name, null, "", input.View.Address(ChecklistFacts.TabOf(requirement)))
        {
            Id = requirement.Id,
            Citation = requirement.Citation,
            IsWritten = requirement.IsWritten,
            Asks = requirement.Asks,
            Statement = input.Statements.FirstOrDefault(statement => statement.Line == requirement.Id),
        };
        if (requirement.IsMeasured)
        {
            line = Measured(line, requirement, input);
        }

        return requirement.Kind switch
        {
            RequirementKind.Auto => line,
            RequirementKind.Form => line with
            {
                Verdict = line.Statement is null ? null : GateVerdict.Meets,
                Measured = line.Statement is { } stated ? stated.Text ?? "The text was erased; its digest remains." : "Nobody has stated it yet.",
            },
            // What is measured to be wrong stays wrong, whatever is written about it.
            _ => line.Verdict == GateVerdict.Meets && line.Statement is null
                ? line with { Verdict = null, Measured = $"{line.Measured} The statement is missing." }
                : line,
        };
    }

    private static ChecklistLine Measured(ChecklistLine line, ChecklistRequirement requirement, ChecklistInput input)
    {
        string[] facts = [.. (requirement.Metrics ?? []).Where(metric => metric.StartsWith(FactStart, StringComparison.Ordinal))];
        DossierFinding[] shown = [.. input.Current.Where(finding => IsShownBy(requirement, finding.Id))];
        ChecklistFact[] known = [.. facts.Select(fact => ChecklistFacts.Of(fact[FactStart.Length..], input)).OfType<ChecklistFact>()];
        if (shown.Length == 0 && known.Length == 0)
        {
            return line with { Measured = "No sealed evidence shows it." };
        }

        DossierFinding[] judged = [.. shown.Where(finding => finding.Verdict is not null)];
        GateVerdict? verdict = Worst(judged);
        if (verdict is null && shown.Length > 0)
        {
            // Measured, but nobody set a limit: what may be copied out of a model is for the signer to judge.
            verdict = shown.All(finding => finding.Id.StartsWith("theft/", StringComparison.Ordinal)) ? GateVerdict.Inconclusive : Unlimited(shown, input);
        }

        string unlimited = verdict == GateVerdict.Inconclusive && judged.Length == 0 ? "No limit is set." : "";
        verdict = known.Select(fact => fact.Verdict).Append(verdict).Where(each => each is not null).MinBy(Severity);
        DossierFinding? first = (judged.Length > 0 ? judged : shown).MinBy(finding => Severity(finding.Verdict));
        EvidenceRecord? record = first is null ? null : input.View.Evidence.FirstOrDefault(each => each.Findings == first.Evidence);
        TimeSpan? lifetime = input.Pack.LifetimeOf(requirement, input.View.Model.Tier);
        DateTimeOffset? validTo = record is null || lifetime is null ? null : record.SealedAt + lifetime;
        bool expired = validTo <= input.Now;
        return line with
        {
            Verdict = expired && verdict == GateVerdict.Meets ? GateVerdict.Inconclusive : verdict,
            Measured = $"{(expired ? "The evidence is too old. " : "")}{string.Join(' ', known.Select(fact => fact.Words).Append(first is null ? "" : Sentences(judged.Length > 0 ? judged : [first], input)).Append(unlimited))}".Trim(),
            Target = TargetOf(shown, input),
            ValidTo = validTo,
            Evidence = record?.Findings.Short,
            Covers = [.. shown.Where(finding => finding.IsOpen).Select(finding => finding.Id), .. known.SelectMany(fact => fact.Covers)],
        };
    }

    private static GateVerdict Unlimited(DossierFinding[] shown, ChecklistInput input)
    {
        double? limit = input.Pack.Limit("additivity-residual");
        return shown.Any(finding => finding.Id.StartsWith("explanation/additivity_residual", StringComparison.Ordinal) && finding.Value > limit)
            ? GateVerdict.Breaches
            : GateVerdict.Meets;
    }

    private static bool IsShownBy(ChecklistRequirement requirement, string id) =>
        id.Split('/', 3) is [string family, string metric, ..] && requirement.IsShownBy(family, metric);

    // At most three sentences: the page of the tab has the rest.
    private static string Sentences(DossierFinding[] findings, ChecklistInput input)
    {
        const int Most = 3;
        string[] worst = [.. findings.OrderBy(finding => Severity(finding.Verdict)).Take(Most).Select(finding => input.Sentences.GetValueOrDefault(finding.Id) ?? finding.Id)];
        return $"{string.Join(' ', worst)}{(findings.Length > Most ? $" And {findings.Length - Most} more." : "")}";
    }

    private static string? TargetOf(DossierFinding[] shown, ChecklistInput input)
    {
        string[] limits =
        [
            .. shown.Select(finding => finding.Id.Split('/', 3)).Where(parts => parts.Length >= 2).Select(parts => $"{parts[0]}.{parts[1]}").Distinct()
                .Select(metric => (metric, Gate: input.Pack.GateOn(metric))).Where(pair => pair.Gate is not null)
                .Select(pair => $"{MetricWords.Of(pair.metric.Split('.')[1])} {Limit(pair.Gate!)}"),
        ];
        return limits.Length == 0 ? null : string.Join("; ", limits);
    }

    private static string Limit(Gate gate) => (gate.AtLeast, gate.AtMost) switch
    {
        (double least, double most) => $"{Number(least)} to {Number(most)}",
        (double least, null) => $"at least {Number(least)}",
        (null, double most) => $"at most {Number(most)}",
        _ => "without a limit",
    };

    private static string Number(double value) => value.ToString("0.####", CultureInfo.InvariantCulture);

    private static GateVerdict? Worst(IEnumerable<DossierFinding> findings) =>
        findings.Where(finding => finding.Verdict is not null).Select(finding => finding.Verdict).MinBy(Severity);

    private static int Severity(GateVerdict? verdict) => verdict switch
    {
        GateVerdict.Breaches => 0,
        GateVerdict.Inconclusive => 1,
        GateVerdict.Meets => 2,
        _ => 3,
    };
}
