using System.Globalization;
using Governance.Registry.Access;
using Governance.Registry.Ledger;
using Governance.Registry.Register;

namespace Governance.Registry.SignOffs;

/// <summary>What an approval has to say line by line, and which conditions it may set. Pure.</summary>
internal static class DecisionTerms
{
    /// <summary>Why the conditions or the reasons do not do, or null where they do.</summary>
    /// <param name="wanted">The decision.</param>
    /// <param name="dossier">What it covers.</param>
    /// <param name="register">The version's findings of the register, without those that decisions of this round made.</param>
    /// <param name="terms">How long waivers may last.</param>
    /// <param name="now">UTC.</param>
    public static Refusal? RefusalFor(
        NewSignOff wanted, SignOffDossier dossier, IReadOnlyList<RegisterEntry> register, SignOffTerms terms, DateTimeOffset now) =>
        !wanted.Verdict.IsApproval() ? null
        : wanted.ConditionList.Count > SignOffCondition.Most
            ? new Refusal("too-many-conditions", $"An approval has at most {SignOffCondition.Most} conditions.")
        : wanted.ConditionList.Any(each => string.IsNullOrWhiteSpace(each.Text) || each.Text.Trim().Length > RegisterFinding.MaxTitleLength)
            ? new Refusal("bad-condition", $"Each condition says in 1 to {RegisterFinding.MaxTitleLength} characters what has to hold.")
        : wanted.ConditionList.Any(each => each.DueAt <= now)
            ? new Refusal("late-condition", "A condition is due on a day to come.")
        : wanted.Waived.Select(line => RefusalFor(line, terms, now)).FirstOrDefault(refusal => refusal is not null)
            ?? Unanswered(wanted, dossier, register, now);

    /// <summary>The conditions as one text.</summary>
    public static string WordsOf(NewSignOff wanted)
    {
        string list = string.Join('\n', wanted.ConditionList.Select((each, at) =>
            $"{at + 1}. {each.Text.Trim()} (until {each.DueAt.UtcDateTime.ToString("d MMMM yyyy", CultureInfo.InvariantCulture)})"));
        string all = string.IsNullOrWhiteSpace(wanted.Conditions) ? list : $"{wanted.Conditions.Trim()}\n{list}".Trim();
        return all.Length > PersonalText.MaxLength ? all[..PersonalText.MaxLength] : all;
    }

    private static Refusal? RefusalFor(LineWaiver line, SignOffTerms terms, DateTimeOffset now) =>
        string.IsNullOrWhiteSpace(line.Reason) || line.Reason.Trim().Length > PersonalText.MaxLength
            ? new Refusal("no-line-reason", $"“{line.Name}” does not meet the policy: say on its line why you approve all the same, in 1 to {PersonalText.MaxLength} characters.")
        : line.Until <= now
            ? new Refusal("waiver-ended", $"The waiver of “{line.Name}” has to end on a day to come.")
        : line.Until > now + terms.LongestWaiver
            ? new Refusal("waiver-too-long", $"The waiver of “{line.Name}” may last {terms.LongestWaiver.TotalDays:0} days at most: then the approval itself is renewed.")
        : null;

    // Every finding that does not meet its gate, and every open finding of the register, is spoken of on some line.
    private static Refusal? Unanswered(NewSignOff wanted, SignOffDossier dossier, IReadOnlyList<RegisterEntry> register, DateTimeOffset now)
    {
        HashSet<string> covered = [.. wanted.Waived.SelectMany(line => line.Covers)];
        string? measured = dossier.Findings.Where(finding => finding.IsOpen).Select(finding => finding.Id).FirstOrDefault(id => !covered.Contains(id));
        RegisterEntry? open = register.FirstOrDefault(entry => entry.StatusAt(now) == FindingStatus.Open
            && !covered.Contains(entry.Finding.Id.ToString()) && !(entry.Finding.Key is string key && covered.Contains(key)));
        return measured is not null
                ? new Refusal("unanswered-line", $"The finding {measured} breaches its limit or cannot be decided: say line by line why you approve all the same, and until when.")
            : open is not null
                ? new Refusal("open-finding", $"The register has an open finding, “{open.Finding.Title}”. It has to be closed, or accepted with a reason and an end.")
            : null;
    }
}
