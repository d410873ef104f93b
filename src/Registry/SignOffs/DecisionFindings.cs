using Governance.Registry.Access;
using Governance.Registry.Ledger;
using Governance.Registry.Policies;
using Governance.Registry.Register;
using Governance.Registry.Versions;

namespace Governance.Registry.SignOffs;

/// <summary>Writes what an approval leaves open into the register: conditions as open findings, waived lines as accepted ones.</summary>
internal static class DecisionFindings
{
    /// <summary>Adds them to the change that records the decision.</summary>
    public static async Task AddAsync(
        RegistryChange change, NewSignOff wanted, JudgedSignOff judged, SignOff decision, CancellationToken cancellationToken)
    {
        if (!wanted.Verdict.IsApproval())
        {
            return;
        }

        ModelVersion version = judged.Version!;
        UserId owner = judged.Model!.Owner;
        foreach (SignOffCondition condition in Conditions(wanted, change.Now))
        {
            change.Add(
                new RegisterFinding(
                    RegisterFindingId.New(), version.Id, version.Round, FindingSource.Condition, null, Severity.Medium, condition.Text.Trim(),
                    null, condition.Owner ?? owner, Storage.Microseconds.Truncate(condition.DueAt), decision.Id, decision.Person, change.Now),
                "finding.raised", version.Subject);
        }

        List<RegisterEntry> register = [.. await RegisterEntry.LoadAsync(change.Db, version.Id, cancellationToken)];
        foreach (LineWaiver line in wanted.Waived)
        {
            Waive(change, version, decision, owner, line, register);
        }
    }

    private static IEnumerable<SignOffCondition> Conditions(NewSignOff wanted, DateTimeOffset now) =>
        wanted.Verdict != Verdict.ApproveWithConditions ? []
        : wanted.ConditionList.Count > 0 ? wanted.ConditionList
        : [new SignOffCondition(
            wanted.Conditions!.Trim() is { Length: > RegisterFinding.MaxTitleLength } text ? text[..(RegisterFinding.MaxTitleLength - 1)] + "…" : wanted.Conditions.Trim(),
            now + TimeSpan.FromDays(SignOffCondition.UsualDays), null)];

    // One acceptance of each finding that the line speaks of; a line that nothing in the register speaks of gets a finding of its own.
    private static void Waive(
        RegistryChange change, ModelVersion version, SignOff decision, UserId owner, LineWaiver line, List<RegisterEntry> register)
    {
        RegisterEntry[] spoken =
        [
            .. register.Where(entry => (entry.StatusAt(change.Now) == FindingStatus.Open && (line.Covers.Contains(entry.Finding.Id.ToString())
                || (entry.Finding.Key is string key && line.Covers.Contains(key)))) || (entry.Finding.Source == FindingSource.Waiver && entry.Finding.Key == line.Line)),
        ];
        if (spoken.Length == 0)
        {
            RegisterFinding waived = new(
                RegisterFindingId.New(), version.Id, version.Round, FindingSource.Waiver, line.Line,
                line.Verdict == GateVerdict.Breaches ? Severity.High : Severity.Medium, Title(line), null, owner, null, decision.Id, decision.Person, change.Now);
            change.Add(waived, "finding.raised", version.Subject);
            spoken = [new RegisterEntry(waived, [])];
            register.Add(spoken[0]);
        }

        foreach (RegisterEntry entry in spoken)
        {
            PersonalText reason = PersonalText.Write(line.Reason!.Trim());
            RegisterStep step = new(
                RegisterStepId.New(), entry.Finding.Id, entry.Steps.Count + 1, RegisterStepKind.Accept, reason.Digest,
                Storage.Microseconds.Truncate(line.Until), null, null, decision.Id, decision.Person, change.Now);
            change.Add(step, "finding.accepted", version.Subject, reason);
            register[register.IndexOf(entry)] = entry with { Steps = [.. entry.Steps, step] };
        }
    }

    private static string Title(LineWaiver line)
    {
        string title = $"{line.Name}: {(line.Verdict == GateVerdict.Breaches ? "breached" : "inconclusive")}, waived with the approval";
        return title.Length > RegisterFinding.MaxTitleLength ? title[..RegisterFinding.MaxTitleLength] : title;
    }
}
