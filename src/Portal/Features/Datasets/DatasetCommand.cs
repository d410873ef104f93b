using System.CommandLine;
using System.Diagnostics;
using Governance.Audit.Data;
using Governance.Audit.Findings;
using Governance.Audit.Registrations;
using Governance.Portal.CommandLine;
using Governance.Portal.Features.Uploads;
using Governance.Registry.Access;
using Governance.Registry.Datasets;
using Governance.Registry.Models;
using Governance.Registry.Storage;
using Governance.Registry.Uploads;

namespace Governance.Portal.Features.Datasets;

/// <summary><c>governance dataset add</c>: puts a data set on record, as the pages do.</summary>
internal static class DatasetCommand
{
    private static readonly Argument<string> Model = new("model") { Description = "A model that the data are for: the person must be able to register on it." };

    private static readonly Argument<string> File = new("file") { Description = "The table: CSV, JSONL or NumPy, plain or gzip." };

    private static readonly Option<string?> Name = new("--name") { Description = "Stands in addresses; made from the file's name by default.", HelpName = "NAME" };

    private static readonly Option<string?> Title = new("--title") { Description = "What people call it, with its source; the name by default.", HelpName = "TEXT" };

    private static readonly Option<string[]> Kind = new("--kind")
    {
        Description = $"What the cells of a column are, COLUMN=KIND: {string.Join(", ", Enum.GetNames<ColumnKind>())}. The rest is guessed.",
        HelpName = "C=KIND",
    };

    private static readonly Option<string[]> Role = new("--role")
    {
        Description = $"What a column is for, COLUMN=ROLE: {string.Join(", ", Enum.GetNames<ColumnRole>())}. The rest is guessed.",
        HelpName = "C=ROLE",
    };

    private static readonly Option<string?> Positive = new("--positive") { Description = "The positive class of the label.", HelpName = "V" };

    private static readonly Option<string?> Favourable = new("--favourable") { Description = "The outcome that a person wants; the positive class by default.", HelpName = "V" };

    /// <summary>Makes the command <c>dataset</c> with its own commands.</summary>
    public static Command Create()
    {
        Command dataset = new("dataset", "Data sets of the registry.");
        dataset.Subcommands.Add(GovernanceCommand.Create(
            "add", "Read a table and put it on record.", AddAsync,
            Model, File, Name, Title, Kind, Role, Positive, Favourable, RegistryRun.As, DataOptions.Data, DataOptions.Connection, DataOptions.MostDataset));
        return dataset;
    }

    private static async Task<int> AddAsync(CommandContext context, CancellationToken cancellationToken)
    {
        ParseResult arguments = context.Arguments;
        string path = arguments.GetValue(File)!;
        string name = arguments.GetValue(Name) ?? NameOf(path);
        ColumnWish[] wishes =
        [
            .. Pairs<ColumnKind>("--kind", arguments.GetValue(Kind)).Select(pair => new ColumnWish(pair.Column, pair.Value, null)),
            .. Pairs<ColumnRole>("--role", arguments.GetValue(Role)).Select(pair => new ColumnWish(pair.Column, null, pair.Value)),
        ];
        await using RegistryRun registry = await RegistryRun.OpenAsync(context, cancellationToken);
        RegisterRight right = new(registry.Get<ModelQueries>(), registry.Get<PeopleQueries>());
        if (await right.RefusalAsync(registry.Actor.User!.Value, arguments.GetValue(Model)!, cancellationToken) is Refusal refusal)
        {
            throw new InputException(refusal.Sentence);
        }

        byte[] file = await LocalFile.ReadAsync(path, UploadKind.Dataset, registry.Get<RegistryOptions>().Uploads, cancellationToken);
        RegisterDatasetOutcome outcome = await RegistryRun.GuardAsync(() => registry.Get<AdmitDataset>().RunAsync(
            registry.Actor, name, arguments.GetValue(Title) ?? name, file, table => Columns(table, wishes, context),
            arguments.GetValue(Positive), arguments.GetValue(Favourable) ?? arguments.GetValue(Positive), cancellationToken));
        switch (outcome)
        {
            case RegisterDatasetOutcome.Registered { Dataset: var dataset }:
                await context.People.WriteLineAsync($"Registered {dataset.Name}: {PlainNumbers.Count(dataset.Rows)} rows, {PlainNumbers.Count(dataset.Columns.Count)} columns, {dataset.Digest.Short}.");
                await context.WriteJsonAsync(DatasetAnswer.Of(dataset), cancellationToken);
                return 0;
            case RegisterDatasetOutcome.Refused { Reason.Sentence: var sentence }:
                throw new InputException(sentence);
            default:
                throw new UnreachableException();
        }
    }

    private static IReadOnlyList<DatasetColumn> Columns(Table table, ColumnWish[] wishes, CommandContext context)
    {
        foreach (AuditWarning warning in TableWarnings.Of(table))
        {
            context.Warn(warning);
        }

        return ColumnWish.Apply(ColumnGuess.Of(table), wishes);
    }

    // "Test set (2).csv.gz" is test-set-2.
    private static string NameOf(string path)
    {
        string stem = Path.GetFileName(path).Split('.')[0].ToLowerInvariant();
        string name = string.Join('-', new string([.. stem.Select(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '_' ? c : '-')])
            .Split('-', StringSplitOptions.RemoveEmptyEntries));
        return name.Length > NameRule.MaxLength ? name[..NameRule.MaxLength] : name;
    }

    private static IEnumerable<(string Column, T Value)> Pairs<T>(string option, string[]? values)
        where T : struct, Enum
    {
        foreach (string text in values ?? [])
        {
            int split = text.LastIndexOf('=');
            string? known = split < 0 ? null
                : Array.Find(Enum.GetNames<T>(), name => name.Equals(text[(split + 1)..], StringComparison.OrdinalIgnoreCase));
            yield return known is null
                ? throw new InputException($"{option} takes COLUMN=VALUE, not '{text}'; a value is one of {string.Join(", ", Enum.GetNames<T>())}.")
                : (text[..split], Enum.Parse<T>(known));
        }
    }
}
