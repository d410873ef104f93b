using Governance.Audit.Data;
using Governance.Audit.Drift;
using Governance.Audit.Registrations;
using Governance.Audit.Runs;
using Governance.Portal.Features.Drift;
using Governance.Registry.Access;
using Governance.Registry.Datasets;
using Governance.Registry.Evidence;
using Governance.Registry.Ledger;
using Governance.Registry.Models;
using Governance.Registry.Storage;
using Governance.Registry.Versions;
using Microsoft.EntityFrameworkCore;

namespace Governance.Portal.Features.Demo;

/// <summary>Registers what the demo plan names, by the same use cases that people use, and waits for its audits.</summary>
/// <remarks>A second start on the same folder finds everything in place and does nothing.</remarks>
internal sealed class SeedDemo(
    IDbContextFactory<GovernanceDb> contexts, AddUser addUser, RegisterModel registerModel, AdmitVersion admitVersion,
    AdmitDataset admitDataset, GrantAccess grantAccess, RequestAudit requestAudit, SubmitVersion submitVersion,
    SeedMonitoring seedMonitoring, SeedSchedules seedSchedules)
{
    /// <summary>Registers what is missing and returns when every audit is sealed.</summary>
    /// <param name="plan">What to register.</param>
    /// <param name="accounts">The passwords.</param>
    /// <param name="tell">Takes lines of progress for people.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="InputException">The folder is no demo's, or something was refused.</exception>
    public async Task RunAsync(DemoPlan plan, DemoAccounts accounts, Action<string> tell, CancellationToken cancellationToken)
    {
        Dictionary<string, UserId> people = await PeopleAsync(plan, accounts, cancellationToken);
        Actor owner = Actor.Person(people[plan.Owner]);
        foreach (DemoDataset dataset in plan.Datasets)
        {
            await DatasetAsync(owner, dataset, cancellationToken);
        }

        foreach (DemoModel model in plan.Models)
        {
            await ModelAsync(owner, model, plan, people, cancellationToken);
        }

        tell($"Auditing {plan.Models.Count} sample models.");
        await AuditsAsync(tell, cancellationToken);
        foreach (DemoModel model in plan.Models)
        {
            await FinishAsync(owner, model, cancellationToken);
        }

        if (plan.Watched is { } watched)
        {
            tell($"Deploying {watched.Model} and reading a month of synthetic traffic.");
            await seedMonitoring.RunAsync(watched, plan, people, cancellationToken);
            await seedSchedules.RunAsync(watched, people[watched.Operator], cancellationToken);
        }
    }

    /// <summary>Whether anybody has an account here yet.</summary>
    public async Task<bool> HasPeopleAsync(CancellationToken cancellationToken)
    {
        await using GovernanceDb db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Users.AnyAsync(cancellationToken);
    }

    private async Task<Dictionary<string, UserId>> PeopleAsync(
        DemoPlan plan, DemoAccounts accounts, CancellationToken cancellationToken)
    {
        foreach (DemoPerson person in plan.People)
        {
            await using GovernanceDb db = await contexts.CreateDbContextAsync(cancellationToken);
            if (await db.Users.AnyAsync(user => user.UserName == person.User, cancellationToken))
            {
                continue;
            }

            NewUser account = new(
                person.User, person.Name, accounts.PasswordOf(person.User), person.Roles.Select(Enum.Parse<Role>).ToHashSet());
            if (await addUser.RunAsync(Actor.System, account, cancellationToken) is AddUserOutcome.Refused refused)
            {
                throw new InputException($"The demo cannot add {person.User}: {refused.Reason.Sentence}");
            }
        }

        await using GovernanceDb all = await contexts.CreateDbContextAsync(cancellationToken);
        return await all.Users.ToDictionaryAsync(user => user.UserName!, user => new UserId(user.Id), cancellationToken);
    }

    private async Task DatasetAsync(Actor owner, DemoDataset dataset, CancellationToken cancellationToken)
    {
        await using GovernanceDb db = await contexts.CreateDbContextAsync(cancellationToken);
        if (await db.Datasets.AnyAsync(row => row.Name == dataset.Name, cancellationToken))
        {
            return;
        }

        byte[] csv = await File.ReadAllBytesAsync(Path.Combine(DemoPlan.Folder, dataset.File), cancellationToken);
        RegisterDatasetOutcome outcome = await admitDataset.RunAsync(
            owner, dataset.Name, dataset.Title, csv, table => Columns(table, dataset), dataset.Positive, dataset.Favourable,
            cancellationToken);
        if (outcome is RegisterDatasetOutcome.Refused refused)
        {
            throw new InputException($"The demo cannot register {dataset.Name}: {refused.Reason.Sentence}");
        }
    }

    private static IReadOnlyList<DatasetColumn> Columns(Table table, DemoDataset dataset) =>
    [
        .. table.Columns.Select(column => new DatasetColumn(
            column.Name,
            column is NumberColumn ? ColumnKind.Numeric : ColumnKind.Categorical,
            column.Name == dataset.Label ? ColumnRole.Label
                : dataset.Protected.Contains(column.Name) ? ColumnRole.Protected : ColumnRole.Feature)),
    ];

    // Each step looks first, so that a start after a kill goes on where the last one was ended.
    private async Task ModelAsync(
        Actor owner, DemoModel model, DemoPlan plan, Dictionary<string, UserId> people, CancellationToken cancellationToken)
    {
        await using GovernanceDb db = await contexts.CreateDbContextAsync(cancellationToken);
        if (!await db.Models.AnyAsync(row => row.Name == model.Name, cancellationToken))
        {
            NewModel facts = new(model.Name, model.Title, model.Purpose, Enum.Parse<RiskTier>(model.Tier));
            Refuse(await registerModel.RunAsync(owner, facts, cancellationToken) is RegisterModelOutcome.Refused taken ? taken.Reason : null);
        }

        ModelVersionId version = (await FirstVersion(db, model.Name).FirstOrDefaultAsync(cancellationToken))?.Id
            ?? await RegisterAsync(owner, model, cancellationToken);
        if (await db.Evidence.AnyAsync(row => row.Version == version, cancellationToken)
            || await db.Runs.AnyAsync(row => row.Version == version && row.Status == RunStatus.Queued, cancellationToken))
        {
            return;
        }

        Actor administrator = Actor.Person(people[plan.Administrator]);
        foreach (string user in plan.Grants)
        {
            GrantExtras extras = plan.PersonalRows.Contains(user) ? GrantExtras.PersonalRows : GrantExtras.None;
            Refuse(await grantAccess.RunAsync(administrator, people[user], model.Name, extras, cancellationToken)
                is GrantOutcome.Refused refused ? refused.Reason : null);
        }

        AuditOptions options = new()
        {
            Name = $"First audit of {model.Name}",
            Evaluation = model.Audit.Evaluation,
            Background = model.Audit.Background,
            BackgroundRows = model.Audit.BackgroundRows,
            Protected = model.Audit.Protected,
            Explanation = new ExplanationOptions { Rows = model.Audit.Rows, Samples = model.Audit.Samples },
        };
        Refuse(await requestAudit.RunAsync(owner, version, options, cancellationToken) is StartRunOutcome.Refused queue ? queue.Reason : null);
        if (model.Audit.Drift)
        {
            AuditOptions drift = DriftCheck.Of(model.Audit.Evaluation, model.Audit.Background, new DriftOptions());
            Refuse(await requestAudit.RunAsync(owner, version, drift, cancellationToken) is StartRunOutcome.Refused check ? check.Reason : null);
        }
    }

    private async Task<ModelVersionId> RegisterAsync(Actor owner, DemoModel model, CancellationToken cancellationToken)
    {
        string folder = Path.Combine(DemoPlan.Folder, model.Folder);
        RegisterVersionOutcome outcome = await admitVersion.RunAsync(
            owner, model.Name, await File.ReadAllBytesAsync(Path.Combine(folder, "model.onnx"), cancellationToken),
            await File.ReadAllBytesAsync(Path.Combine(folder, "manifest.json"), cancellationToken), null, [], cancellationToken);
        return outcome is RegisterVersionOutcome.Registered registered
            ? registered.Version.Id
            : throw new InputException($"The demo cannot register {model.Name}.");
    }

    private static IQueryable<ModelVersion> FirstVersion(GovernanceDb db, string model) =>
        from row in db.Versions.AsNoTracking()
        join known in db.Models on row.Model equals known.Id
        where known.Name == model && row.Number == 1
        select row;

    private async Task AuditsAsync(Action<string> tell, CancellationToken cancellationToken)
    {
        HashSet<AuditRunId> told = [];
        while (true)
        {
            await using GovernanceDb db = await contexts.CreateDbContextAsync(cancellationToken);
            List<AuditRun> runs = await db.Runs.AsNoTracking().ToListAsync(cancellationToken);
            foreach (AuditRun run in runs.Where(run => run.Status.IsOver() && told.Add(run.Id)))
            {
                tell($"{run.Title}: {run.Status.ToString().ToLowerInvariant()}{(run.Message is null ? "" : $", {run.Message}")}");
            }

            if (runs.All(run => run.Status.IsOver()))
            {
                return;
            }

            await Task.Delay(250, cancellationToken);
        }
    }

    private async Task FinishAsync(Actor owner, DemoModel model, CancellationToken cancellationToken)
    {
        await using GovernanceDb db = await contexts.CreateDbContextAsync(cancellationToken);
        ModelVersion version = await FirstVersion(db, model.Name).FirstAsync(cancellationToken);
        if (!await db.Evidence.AnyAsync(row => row.Version == version.Id, cancellationToken))
        {
            throw new InputException($"The audit of {model.Name} was not sealed; start the demo again.");
        }

        if (model.Submitted && version.SubmittedBy is null)
        {
            Refuse(await submitVersion.RunAsync(owner, version.Id, "Sample submission of the demo.", cancellationToken)
                is MoveOutcome.Refused refused ? refused.Reason : null);
        }
    }

    private static void Refuse(Refusal? refusal)
    {
        if (refusal is not null)
        {
            throw new InputException($"The demo was refused: {refusal.Sentence}");
        }
    }
}
