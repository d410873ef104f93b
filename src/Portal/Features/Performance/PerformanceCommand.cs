using System.CommandLine;
using Governance.Audit.Data;
using Governance.Audit.Performance;
using Governance.Portal.CommandLine;

namespace Governance.Portal.Features.Performance;

/// <summary><c>governance performance F --label Y [--prediction P] [--score S[,S2…]]</c>.</summary>
internal static class PerformanceCommand
{
    private static readonly Argument<string> Data = new("F") { Description = "Labelled predictions, as CSV with a header." };
    private static readonly Option<string> Label = new("--label") { Description = "The column with the true outcome.", HelpName = "Y", Required = true };
    private static readonly Option<string?> Prediction = new("--prediction") { Description = "The column with the predicted class or value.", HelpName = "P" };
    private static readonly Option<string?> Score = new("--score") { Description = "The column with the score of the positive class, or one column a class.", HelpName = "S[,S2…]" };
    private static readonly Option<string?> Classes = new("--classes") { Description = "The classes of a multiclass task, in the order of the scores.", HelpName = "a,b,c" };
    private static readonly Option<string?> Fold = new("--fold") { Description = "A column of folds of out-of-fold predictions: metrics for each, their mean and its interval.", HelpName = "COLUMN" };
    private static readonly Option<int?> Folds = new("--folds") { Description = "Stability over so many parts of the same predictions; no cross-validation, for which there is 'crossvalidate'.", HelpName = "K" };
    private static readonly Option<string?> Group = new("--group") { Description = "A column of groups: metrics for each.", HelpName = "A" };
    private static readonly Option<string?> Time = new("--time") { Description = "A date or another ordered column: earlier and later rows are measured apart.", HelpName = "COLUMN" };
    private static readonly Option<string?> TimeSplit = new("--time-split") { Description = "The first value of --time that counts as later; by default the last fifth of the rows.", HelpName = "V" };
    private static readonly Option<string?> Train = new("--train") { Description = "The data the model was trained on: looks for rows that both hold, and takes the baselines from it.", HelpName = "F" };
    private static readonly Option<string?> Ignore = new("--ignore") { Description = "Columns that do not count when rows are compared with --train, such as row numbers.", HelpName = "a,b" };

    /// <summary>Makes the command.</summary>
    public static Command Create() => GovernanceCommand.Create(
        "performance", "Measure how well predictions agree with what happened.", RunAsync,
        [Data, Label, Prediction, Score, Classes, .. PerformanceFlags.All, Fold, Folds, Group, Time, TimeSplit, Train, Ignore]);

    private static async Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        ParseResult arguments = context.Arguments;
        Check(arguments);
        PerformanceOptions options = PerformanceFlags.Read(context, arguments.GetValue(Label)!) with
        {
            Prediction = arguments.GetValue(Prediction),
            Scores = DataFile.Names(arguments.GetValue(Score)),
            Classes = DataFile.Names(arguments.GetValue(Classes)),
            Fold = arguments.GetValue(Fold),
            Parts = arguments.GetValue(Folds),
            Group = arguments.GetValue(Group),
            Time = arguments.GetValue(Time),
            TimeSplit = arguments.GetValue(TimeSplit),
        };
        Table table = await DataFile.ReadAsync(context, arguments.GetValue(Data)!, cancellationToken);
        Table? train = arguments.GetValue(Train) is string path
            ? await Task.Run(() => DataFile.Read(context, path, cancellationToken), cancellationToken)
            : null;
        PerformanceReport report = await Task.Run(() => Measure(context, table, train, options, cancellationToken), cancellationToken);
        PerformanceTables.Write(context.People, report, options.Level);
        await context.WriteJsonAsync(report, cancellationToken);
        return 0;
    }

    private static PerformanceReport Measure(
        CommandContext context, Table table, Table? train, PerformanceOptions options, CancellationToken cancellationToken)
    {
        return train is null
            ? MeasurePerformance.Run(table, options, context.Warn, cancellationToken)
            : MeasureWithTraining.Run(table, train, options, DataFile.Names(context.Arguments.GetValue(Ignore)), context.Warn, cancellationToken);
    }

    private static void Check(ParseResult arguments)
    {
        if (arguments.GetValue(Prediction) is not null && arguments.GetValue(PerformanceFlags.Threshold) is not null)
        {
            throw new InputException("Give --prediction, or --score with --threshold, but not a threshold for predictions that are there.");
        }

        if (arguments.GetValue(TimeSplit) is not null && arguments.GetValue(Time) is null)
        {
            throw new InputException("--time-split cuts a column of time: name it with --time.");
        }

        if (arguments.GetValue(Ignore) is not null && arguments.GetValue(Train) is null)
        {
            throw new InputException("--ignore says which columns do not count against training data: name that with --train.");
        }
    }
}
