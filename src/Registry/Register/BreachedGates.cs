using System.Globalization;
using Governance.Registry.Ledger;
using Governance.Registry.Models;
using Governance.Registry.Policies;
using Governance.Registry.SignOffs;
using Governance.Registry.Versions;

namespace Governance.Registry.Register;

/// <summary>Puts what breaches its limit into the register when a version is submitted: reviewers and approvers meet it there.</summary>
internal static class BreachedGates
{
    private const int Most = 50; // an audit of many attributes and cohorts may breach hundreds: the evidence has them all

    /// <summary>Raises each breached finding that the register does not hold yet.</summary>
    public static async Task RaiseAsync(
        RegistryChange change, Model model, ModelVersion version, SignOffDossier dossier, CancellationToken cancellationToken)
    {
        HashSet<string?> known = [.. (await RegisterEntry.LoadAsync(change.Db, version.Id, cancellationToken))
            .Where(entry => entry.StatusAt(change.Now) != FindingStatus.Closed).Select(entry => entry.Finding.Key)];
        foreach (DossierFinding breach in dossier.Findings
            .Where(finding => finding.Current && finding.Verdict == GateVerdict.Breaches && finding.Id.Length <= RegisterFinding.MaxKeyLength)
            .DistinctBy(finding => finding.Id).Where(finding => !known.Contains(finding.Id)).Take(Most))
        {
            string value = breach.Value is double measured ? $": {measured.ToString("0.###", CultureInfo.InvariantCulture)}" : "";
            change.Add(
                new RegisterFinding(
                    RegisterFindingId.New(), version.Id, version.Round, FindingSource.Gate, breach.Id, Severity.High,
                    $"{NameOf(breach.Id)} breaches its limit{value}", null, model.Owner, null, null, null, change.Now),
                "finding.raised", version.Subject);
        }
    }

    // "fairness/demographic_parity_difference/afam" is said as "Demographic parity difference, afam"; an id of a person's own stays as it is.
    private static string NameOf(string id)
    {
        if (id.Split('/') is not [_, { Length: > 0 } metric, .. string[] of])
        {
            return id;
        }

        string name = char.ToUpperInvariant(metric[0]) + metric[1..].Replace('_', ' ');
        return of.Length == 0 ? name : $"{name}, {string.Join(", ", of)}";
    }
}
