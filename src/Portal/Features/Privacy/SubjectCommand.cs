using System.CommandLine;
using Governance.Audit.Data;
using Governance.Audit.Privacy;
using Governance.Portal.CommandLine;
using Governance.Registry.Privacy;

namespace Governance.Portal.Features.Privacy;

/// <summary><c>governance subject</c>: one person's rows found, exported and erased, as on the page.</summary>
internal static class SubjectCommand
{
    private static readonly Option<string[]> Person = new("--person")
    {
        Description = "COLUMN=VALUE for each column that says whose row it is; several times.", HelpName = "C=V", Required = true,
    };

    private static readonly Argument<string> What = new("what") { Description = "export or erase." };

    private static readonly Option<string?> Reason = new("--reason") { Description = "Why; not the person's name.", HelpName = "TEXT" };

    private static readonly Option<Guid> Request = new("--request") { Description = "The request that is carried out.", HelpName = "ID", Required = true };

    private static readonly Option<string> Out = new("--out") { Description = "The file of the copy.", HelpName = "F.json", Required = true };

    /// <summary>Makes the command with its parts.</summary>
    public static Command Create()
    {
        Command subject = new("subject", "One person's rows: found, exported, erased.");
        subject.Subcommands.Add(GovernanceCommand.Create(
            "find", "Count a person's rows in all data sets; shows counts and digests.", FindAsync, Person, RegistryRun.As, DataOptions.Data, DataOptions.Connection));
        subject.Subcommands.Add(GovernanceCommand.Create(
            "request", "Ask, as a compliance approver, for the export or erasing of a person's rows.", AskAsync,
            What, Person, Reason, RegistryRun.As, DataOptions.Data, DataOptions.Connection));
        subject.Subcommands.Add(GovernanceCommand.Create(
            "export", "Hand out the copy that was asked for, as a reviewer whose grant names personal rows.", ExportAsync,
            Request, Person, Out, RegistryRun.As, DataOptions.Data, DataOptions.Connection));
        subject.Subcommands.Add(GovernanceCommand.Create(
            "erase", "Erase for good what was asked for, as an operator.", EraseAsync,
            Request, Person, RegistryRun.As, DataOptions.Data, DataOptions.Connection));
        return subject;
    }

    private static async Task<int> FindAsync(CommandContext context, CancellationToken cancellationToken)
    {
        await using RegistryRun registry = await RegistryRun.OpenAsync(context, cancellationToken);
        SubjectSearch search = await RegistryRun.GuardAsync(() => registry.Get<FindSubject>().RunAsync(registry.Actor.User!.Value, KeyOf(context), cancellationToken));
        await context.People.WriteLineAsync($"{PrivacyWords.Found(search.Found.Count, search.Found.Sum(found => (long)found.Rows.Count), search.Searched)}.");
        foreach (SubjectRows found in search.Found)
        {
            await context.People.WriteLineAsync(
                $"  {found.Dataset.Name}: {PrivacyWords.Rows(found.Rows.Count)}, explained in {found.Evidence.Count} evidence items, {found.Reads} looks");
        }

        await context.WriteJsonAsync(
            new
            {
                person = search.Key.Hex,
                searched = search.Searched,
                datasets = search.Found.Select(found => new { found.Dataset.Name, rows = found.Rows.Count, found.Digests, evidence = found.Evidence.Select(record => record.Findings.Hex), found.Reads }),
                search.NotSearched,
            },
            cancellationToken);
        return 0;
    }

    private static async Task<int> AskAsync(CommandContext context, CancellationToken cancellationToken)
    {
        string what = context.Arguments.GetValue(What)!;
        SubjectRequestKind kind = what switch
        {
            "export" => SubjectRequestKind.Export,
            "erase" => SubjectRequestKind.Erase,
            _ => throw new InputException($"A request is export or erase, not '{what}'."),
        };
        await using RegistryRun registry = await RegistryRun.OpenAsync(context, cancellationToken);
        AskOutcome outcome = await RegistryRun.GuardAsync(async () => await registry.Get<SubjectRequests>().AskAsync(
            registry.Actor, kind, await KeyOf(context).DigestAsync(registry.Get<PrivacyKey>(), cancellationToken), context.Arguments.GetValue(Reason), cancellationToken));
        if (outcome is not AskOutcome.Asked { Request: var request })
        {
            throw new InputException(((AskOutcome.Refused)outcome).Reason.Sentence);
        }

        await context.People.WriteLineAsync($"Request {request.Id} is open.");
        await context.WriteJsonAsync(new { request = request.Id.ToString(), kind = what, person = request.Key.Hex }, cancellationToken);
        return 0;
    }

    private static async Task<int> ExportAsync(CommandContext context, CancellationToken cancellationToken)
    {
        string path = context.Arguments.GetValue(Out)!;
        if (File.Exists(path))
        {
            throw new InputException($"There is a file '{path}' already.");
        }

        UserFiles.RefuseUnwritable(path);
        await using RegistryRun registry = await RegistryRun.OpenAsync(context, cancellationToken);
        byte[] copy = await RegistryRun.GuardAsync(() => registry.Get<ExportSubject>().RunAsync(
            registry.Actor, new SubjectRequestId(context.Arguments.GetValue(Request)), KeyOf(context), cancellationToken));
        FileStreamOptions options = new() { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        await using (FileStream file = new(path, options))
        {
            await file.WriteAsync(copy, cancellationToken);
        }

        await context.People.WriteLineAsync($"{copy.Length} bytes in {path}, for the person alone.");
        await context.WriteJsonAsync(new { file = path, bytes = copy.Length }, cancellationToken);
        return 0;
    }

    private static async Task<int> EraseAsync(CommandContext context, CancellationToken cancellationToken)
    {
        await using RegistryRun registry = await RegistryRun.OpenAsync(context, cancellationToken);
        IReadOnlyList<ReplacedDataset> lines = await RegistryRun.GuardAsync(() => registry.Get<EraseSubject>().RunAsync(
            registry.Actor, new SubjectRequestId(context.Arguments.GetValue(Request)), KeyOf(context), cancellationToken));
        await context.People.WriteLineAsync(SubjectSentences.Erased(lines));
        await context.WriteJsonAsync(new { datasets = lines }, cancellationToken);
        return 0;
    }

    private static SubjectKey KeyOf(CommandContext context) => SubjectKey.Parse(context.Arguments.GetValue(Person)!);
}
