using Governance.Audit.Findings;
using Governance.Portal.CommandLine;
using Governance.Registry.Policies;

namespace Governance.Portal.Features.Audits;

/// <summary>What an audit found, for people at the command line.</summary>
internal static class AuditTables
{
    /// <summary>Writes the gates with their sentences, and the verdict.</summary>
    public static void Write(TextWriter people, AuditAnswer answer, IReadOnlyList<AuditedModel> audited)
    {
        foreach (AuditedModel model in audited)
        {
            Finding[] gated = [.. model.Document.Findings.Where(finding => finding.Gate is not null)];
            people.WriteLine($"{model.Name}: {model.Document.Findings.Count} findings, {gated.Length} with a limit, n = {PlainNumbers.Count(model.Document.Data[0].Rows)}");
            if (gated.Length > 0)
            {
                TextTable.Write(people, [["gate", "verdict", "value", "needed n"], .. gated.Select(Row)]);
                foreach (Finding finding in gated)
                {
                    people.WriteLine($"  {finding.Gate!.Id}: {finding.Sentence}");
                }
            }
            else
            {
                TextTable.Write(people, [["finding", "value"], .. model.Document.Findings.Select(finding =>
                    (IReadOnlyList<string>)[finding.Id, TextTable.Number(finding.Value, finding.Interval)])]);
            }

            people.WriteLine();
        }

        people.WriteLine($"{answer.Spec}: {Word(answer.Verdict)}");
    }

    /// <summary>A verdict as it stands in results.</summary>
    public static string Word(GateVerdict? verdict) => verdict switch
    {
        GateVerdict.Meets => "meets",
        GateVerdict.Breaches => "breaches",
        GateVerdict.Inconclusive => "inconclusive",
        _ => "no gates",
    };

    private static IReadOnlyList<string> Row(Finding finding) =>
    [
        $"{finding.Gate!.Id}{(finding.Slice is null ? "" : $" ({finding.Slice})")}",
        Word(finding.Gate.Verdict),
        TextTable.Number(finding.Value, finding.Interval),
        finding.Gate.NeededN is long needed ? PlainNumbers.Count(needed) : "",
    ];
}
