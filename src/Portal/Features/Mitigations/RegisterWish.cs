using System.Diagnostics;
using System.Globalization;
using Governance.Audit.Data;
using Governance.Audit.Mitigation;
using Governance.Portal.CommandLine;
using Governance.Portal.Features.Uploads;
using Governance.Registry.Models;
using Governance.Registry.Versions;

namespace Governance.Portal.Features.Mitigations;

/// <summary>What <c>mitigate --register MODEL[/N] --as USER</c> asks for.</summary>
/// <param name="Model">The model's name.</param>
/// <param name="Number">The version's number; null for the latest.</param>
/// <param name="User">In whose name.</param>
/// <param name="Note">What is new; null for a sentence made of the step.</param>
internal sealed record RegisterWish(string Model, int? Number, string User, string? Note)
{
    /// <summary>Reads the flags.</summary>
    /// <returns>Null where nothing is to be registered.</returns>
    /// <exception cref="InputException">They do not go together.</exception>
    public static RegisterWish? Read(string? register, string? user, string? note, MitigationMethod method)
    {
        if (register is null)
        {
            return user is null && note is null ? null : throw new InputException("--as and --note belong to --register.");
        }

        if (method == MitigationMethod.Reweigh)
        {
            throw new InputException("Weights make no version: train a model with them and register that. --register takes thresholds.");
        }

        string[] address = register.Split('/');
        int number = 0;
        if (address.Length > 2 || (address.Length == 2 && !int.TryParse(address[1], NumberStyles.None, CultureInfo.InvariantCulture, out number)))
        {
            throw new InputException($"--register takes MODEL or MODEL/NUMBER, not '{register}'.");
        }

        return new RegisterWish(
            address[0], address.Length == 2 ? number : null, user ?? throw new InputException("--register needs --as: in whose name it is done."), note);
    }

    /// <summary>Registers the thresholds as a version and says which.</summary>
    /// <exception cref="InputException">There is no such version for the person, or a rule forbids it.</exception>
    public async Task<VersionAnswer> RunAsync(CommandContext context, ScoredGroups rows, MitigationReport report, CancellationToken cancellationToken)
    {
        await using RegistryRun registry = await RegistryRun.OpenAsync(context, User, cancellationToken);
        ModelDetails? details = await registry.Get<ModelQueries>().FindAsync(registry.Actor.User!.Value, Model, cancellationToken);
        ModelVersion parent = details?.Versions.Select(summary => summary.Version)
            .FirstOrDefault(version => Number is null || version.Number == Number)
            ?? throw new InputException($"There is no version {(Number is int number ? $"{number} of" : "of")} '{Model}', or not for this person.");
        RegisterVersionOutcome outcome = await RegistryRun.GuardAsync(() => registry.Get<RegisterMitigation>().RunAsync(
            registry.Actor, parent.Id, report.Step!, null, new GivenScores(rows.Table, rows.Decisions.Score.ToArray(), context.Warn), Note, cancellationToken));
        ModelVersion made = outcome switch
        {
            RegisterVersionOutcome.Registered { Version: var version } => version,
            RegisterVersionOutcome.Refused { Reason.Sentence: var sentence } => throw new InputException(sentence),
            RegisterVersionOutcome.NoSuchModel => throw new InputException($"There is no model '{Model}', or not for this person."),
            _ => throw new UnreachableException(),
        };
        await context.People.WriteLineAsync(
            $"Registered version {made.Number} of {Model}, {made.Digest.Hex[..8]}: version {parent.Number} with these thresholds. Audit it before anyone relies on it.");
        return VersionAnswer.Of(Model, made);
    }
}
