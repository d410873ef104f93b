using System.CommandLine;
using System.Text;
using Governance.Audit.CrossValidation;
using Governance.Audit.Data;
using Governance.Portal.CommandLine;
using Governance.Portal.Features.Performance;

namespace Governance.Portal.Features.CrossValidation;

/// <summary><c>governance crossvalidate F --label Y --kind logistic|trees|mlp --folds K</c>.</summary>
internal static class CrossValidateCommand
{
    private static readonly Argument<string> Data = new("F") { Description = "Labelled rows, as CSV with a header." };
    private static readonly Option<string> Label = new("--label") { Description = "The column with the true outcome.", HelpName = "Y", Required = true };
    private static readonly Option<string> Kind = new("--kind") { Description = "What is trained.", Required = true };
    private static readonly Option<int> Folds = new("--folds") { Description = "How many folds.", DefaultValueFactory = _ => 5 };
    private static readonly Option<int> Repeats = new("--repeats") { Description = "How often the rows are dealt anew.", DefaultValueFactory = _ => 1 };
    private static readonly Option<string?> Group = new("--group") { Description = "Rows of one level of this column stay in one fold, such as a person's.", HelpName = "COL" };
    private static readonly Option<string?> Time = new("--time") { Description = "A date or another ordered column: each fold is tried on a model of what came before.", HelpName = "COL" };
    private static readonly Option<string?> Features = new("--features") { Description = "The columns to learn from; all others by default.", HelpName = "a,b" };
    private static readonly Option<double> Penalty = NumberOption.WithDefault("--penalty", "The ridge penalty of logistic regression.", 1);
    private static readonly Option<int> Levels = new("--levels") { Description = "Levels of a text column that get a feature of their own, the most frequent first.", DefaultValueFactory = _ => 50 };
    private static readonly Option<string?> Out = new("--out") { Description = "Write the out-of-fold predictions as CSV, for 'performance --fold fold'.", HelpName = "F" };

    static CrossValidateCommand() => Kind.AcceptOnlyFromAmong("logistic", "trees", "mlp");

    /// <summary>Makes the command.</summary>
    public static Command Create() => GovernanceCommand.Create(
        "crossvalidate", "Train a built-in kind of model on parts of the data, and measure each on the rows it has not seen.", RunAsync,
        [
            Data, Label, Kind, Folds, Repeats, Group, Time, Features, Penalty, Levels, Out,
            .. PerformanceFlags.Without(
                PerformanceFlags.Interval, PerformanceFlags.Bootstrap, PerformanceFlags.Lower, PerformanceFlags.Upper, PerformanceFlags.Coverage),
        ]);

    private static async Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        ParseResult arguments = context.Arguments;
        if (arguments.GetValue(Out) is string target)
        {
            UserFiles.RefuseUnwritable(target);
        }

        Table table = await DataFile.ReadAsync(context, arguments.GetValue(Data)!, cancellationToken);
        CrossValidationOptions options = new()
        {
            Performance = PerformanceFlags.Read(context, arguments.GetValue(Label)!),
            Kind = Enum.Parse<TrainedKind>(arguments.GetValue(Kind)!, ignoreCase: true),
            Features = DataFile.Names(arguments.GetValue(Features)) is { Count: > 0 } features ? features : null,
            Folds = arguments.GetValue(Folds),
            Repeats = arguments.GetValue(Repeats),
            Group = arguments.GetValue(Group),
            Time = arguments.GetValue(Time),
            MostLevels = arguments.GetValue(Levels),
            Penalty = arguments.GetValue(Penalty),
            Seed = context.Seed,
            Threads = context.Threads,
        };
        CrossValidationReport report = await Task.Run(
            () => CrossValidate.Run(table, options, context.Warn, null, cancellationToken), cancellationToken);
        if (arguments.GetValue(Out) is string path)
        {
            await UserFiles.WriteAsync(path, Csv(report.OutOfFold!), cancellationToken);
        }

        CrossValidationTables.Write(context.People, report, options.Performance.Level);
        await context.WriteJsonAsync(report, cancellationToken);
        return 0;
    }

    private static byte[] Csv(Table table)
    {
        StringBuilder text = new();
        using StringWriter writer = new(text);
        new CsvWriter(writer).Table(table);
        return Encoding.UTF8.GetBytes(text.ToString());
    }
}
