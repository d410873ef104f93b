using System.CommandLine;
using System.Text.Json;
using Governance.Audit.Cohorts;
using Governance.Audit.Data;
using Governance.Audit.Drift;
using Governance.Portal.CommandLine;

namespace Governance.Portal.Features.Drift;

/// <summary><c>governance drift REFERENCE CURRENT</c>: whether data are still what they were.</summary>
internal static class DriftCommand
{
    private static readonly Argument<string> Before = new("REFERENCE") { Description = "What the data were like." };
    private static readonly Argument<string> Now = new("CURRENT") { Description = "What they are like." };
    private static readonly Option<string?> Columns = new("--columns") { Description = "The columns; all that both files have by default.", HelpName = "a,b" };
    private static readonly Option<string?> Kinds = new("--kinds") { Description = "What columns are where it is not to be guessed: {\"zip\": \"categorical\", \"id\": \"ignore\"}; numeric, categorical, datetime or ignore.", HelpName = "K.json" };
    private static readonly Option<string> Test = new("--test") { Description = "How columns are compared; auto chooses by kind and size. mmd and classifier look at all columns together.", DefaultValueFactory = _ => "auto" };
    private static readonly Option<string?> Bins = new("--bins") { Description = "How numbers are binned; deciles for psi and chi2, doane else.", HelpName = "deciles|doane|sturges|N" };
    private static readonly Option<double?> Sigma = NumberOption.Optional("--sigma", "The width of mmd's kernel in the unit of the columns; the median rule by default.", "S");
    private static readonly Option<string> Correction = new("--correction") { Description = "How p values are adjusted over the columns.", DefaultValueFactory = _ => "bh" };
    private static readonly Option<double> Alpha = NumberOption.WithDefault("--alpha", "A column has drifted where its adjusted p value is below.", 0.05);
    private static readonly Option<double?> Threshold = NumberOption.Optional("--threshold", "What a distance has to pass besides its noise floor; 0.1 by default.", "T");

    static DriftCommand()
    {
        Test.AcceptOnlyFromAmong([.. DriftTests.Words]);
        Correction.AcceptOnlyFromAmong("bh", "holm", "none");
    }

    /// <summary>Makes the command.</summary>
    public static Command Create() => GovernanceCommand.Create(
        "drift", "Compare data with a reference, column by column or all together.", RunAsync,
        Before, Now, Columns, Kinds, Test, Bins, Sigma, Correction, Alpha, Threshold);

    private static async Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        DriftOptions options = await OptionsAsync(context, cancellationToken);
        (Table before, Table now) = await ReadAsync(context, cancellationToken);
        if (options.Columns is null)
        {
            WarnOfOthers(context, before, now, "current data");
            WarnOfOthers(context, now, before, "reference");
        }

        DriftReport report = await Task.Run(() => CompareTables.Run(before, now, options, context.Threads, cancellationToken), cancellationToken);
        DriftTable.Write(context.People, report, options);
        await context.WriteJsonAsync(report, cancellationToken);
        return 0;
    }

    private static async Task<DriftOptions> OptionsAsync(CommandContext context, CancellationToken cancellationToken)
    {
        ParseResult arguments = context.Arguments;
        string test = arguments.GetValue(Test)!;
        double? threshold = arguments.GetValue(Threshold);
        if (threshold is not null && DriftTests.Parse(test).HasPValue())
        {
            throw new InputException($"--threshold limits distances; the test {test} is judged by --alpha.");
        }

        if (arguments.GetValue(Sigma) is not null && test != "mmd")
        {
            throw new InputException("--sigma is the width of the kernel of --test mmd.");
        }

        if (arguments.GetValue(Alpha) is not (> 0 and < 1))
        {
            throw new InputException("--alpha lies between 0 and 1, both excluded.");
        }

        if (threshold is not (null or (>= 0 and < double.PositiveInfinity)))
        {
            throw new InputException("--threshold takes a number of at least 0.");
        }

        if (arguments.GetValue(Sigma) is not (null or (> 0 and < double.PositiveInfinity)))
        {
            throw new InputException("--sigma takes a number above 0.");
        }

        IReadOnlyList<string> columns = DataFile.Names(arguments.GetValue(Columns));
        return new DriftOptions
        {
            Columns = columns.Count == 0 ? null : columns,
            Test = test,
            Correction = arguments.GetValue(Correction)!,
            Alpha = arguments.GetValue(Alpha),
            Threshold = threshold,
            Bins = arguments.GetValue(Bins),
            Sigma = arguments.GetValue(Sigma),
            Kinds = arguments.GetValue(Kinds) is string file ? await KindsAsync(file, cancellationToken) : null,
            Seed = context.Seed,
        };
    }

    private static async Task<Dictionary<string, string>> KindsAsync(string file, CancellationToken cancellationToken)
    {
        try
        {
            return JsonSerializer.Deserialize<Dictionary<string, string>>(await UserFiles.ReadAsync(file, cancellationToken))
                ?? throw new InputException($"The file '{file}' holds no kinds of columns.");
        }
        catch (JsonException fault)
        {
            throw new InputException($"The file '{file}' is no JSON object of columns and their kinds, such as {{\"zip\": \"categorical\"}}.", fault);
        }
    }

    // Both files at once where two threads are allowed: reading takes longer than comparing.
    private static async Task<(Table Before, Table Now)> ReadAsync(CommandContext context, CancellationToken cancellationToken)
    {
        string[] paths = [context.Arguments.GetValue(Before)!, context.Arguments.GetValue(Now)!];
        Table[] tables = new Table[paths.Length];
        await Parallel.ForAsync(
            0, paths.Length, new ParallelOptions { MaxDegreeOfParallelism = context.Threads, CancellationToken = cancellationToken },
            (i, token) =>
            {
                tables[i] = Read(paths[i], token);
                return ValueTask.CompletedTask;
            });
        Cohort? cohort = context.Where is string where ? Cohort.Parse(where) : null;
        for (int i = 0; i < tables.Length; i++)
        {
            foreach (AuditWarning warning in TableWarnings.Of(tables[i]))
            {
                context.Warn(warning);
            }

            tables[i] = cohort is null ? tables[i] : cohort.Take(tables[i]);
        }

        return (tables[0], tables[1]);
    }

    // Of two files people must know which one is meant.
    private static Table Read(string path, CancellationToken cancellationToken)
    {
        using FileStream stream = UserFiles.OpenRead(path);
        try
        {
            return TableFile.Read(stream, cancellationToken);
        }
        catch (InputException fault)
        {
            throw new InputException($"The file '{path}': {fault.Message}", fault) { Column = fault.Column };
        }
    }

    private static void WarnOfOthers(CommandContext context, Table here, Table there, string lacking)
    {
        string[] alone = [.. here.Columns.Select(column => column.Name).Where(name => there.Find(name) is null)];
        if (alone.Length > 0)
        {
            string named = string.Join(", ", alone.Take(5)) + (alone.Length > 5 ? ", …" : "");
            context.Warn(new AuditWarning("column-not-compared", $"The {lacking} lacks {alone.Length} column{(alone.Length == 1 ? "" : "s")} of the other file: {named}.", null, alone.Length == 1 ? alone[0] : null));
        }
    }
}
