using Governance.Audit.Comparisons;
using Governance.Audit.CrossValidation;
using Governance.Audit.Data;
using Governance.Audit.Inference;

namespace Governance.Audit.Ensembles;

/// <summary>Labelled rows with what each member said of them.</summary>
internal sealed class EnsembleRows
{
    private readonly double[] truth;

    private EnsembleRows(
        AgreedMembers agreed, EnsembleOptions options, EnsembleData data, Table table, double[] truth, IReadOnlyList<ComparedSide> sides,
        IReadOnlyList<Prediction> said, Action<AuditWarning> warn)
    {
        Agreed = agreed;
        Options = options;
        Data = data;
        Table = table;
        this.truth = truth;
        Sides = sides;
        Said = said;
        Warn = warn;
    }

    /// <summary>The members.</summary>
    public AgreedMembers Agreed { get; }

    /// <summary>How they are combined.</summary>
    public EnsembleOptions Options { get; }

    /// <summary>How they are judged.</summary>
    public EnsembleData Data { get; }

    /// <summary>The rows that have a label.</summary>
    public Table Table { get; }

    /// <summary>The number of rows.</summary>
    public int Count => Table.Rows;

    /// <summary>Shape [rows]: the true class's place, or the true number.</summary>
    public ReadOnlySpan<double> Truth => truth;

    /// <summary>The members as sides of a comparison.</summary>
    public IReadOnlyList<ComparedSide> Sides { get; }

    /// <summary>What each member said.</summary>
    public IReadOnlyList<Prediction> Said { get; }

    /// <summary>Receives what a reader must know.</summary>
    public Action<AuditWarning> Warn { get; }

    /// <summary>Shape [members][rows · classes] or [members][rows]: what is combined of each.</summary>
    public double[][] Combined() =>
        [.. Agreed.Members.Select((member, i) => MemberRows.Combined(member, Said[i], Options.Combination, Agreed.Classes))];

    /// <summary>Reads labels and runs the members.</summary>
    /// <exception cref="InputException">The data do not fit the members, or a label is none of their classes.</exception>
    public static EnsembleRows Of(
        AgreedMembers agreed, EnsembleOptions options, EnsembleData data, Action<AuditWarning> warn, CancellationToken cancellationToken)
    {
        Column label = data.Table.Need(data.Performance.Label);
        int[] kept = [.. Enumerable.Range(0, data.Table.Rows).Where(row => !label.IsMissing(row))];
        if (kept.Length == 0)
        {
            throw new InputException($"No row has a label in '{label.Name}'.") { Column = label.Name };
        }

        if (kept.Length < data.Table.Rows)
        {
            warn(new AuditWarning("missing-label", $"{data.Table.Rows - kept.Length} rows have no label and are left out.", Column: label.Name));
        }

        Table table = kept.Length == data.Table.Rows ? data.Table : data.Table.Take(kept);
        double[] truth = agreed.Classes is { } classes ? Codes(table, label.Name, classes) : Performance.NumberCells.Read(table, label.Name);
        ComparisonOptions compared = new() { Performance = data.Performance with { Threshold = null } };
        ComparedSide[] sides = [.. agreed.Members.Select(member => ComparedSide.Of(
            new ComparedModel(member.Member.Name, member.Member.Predictor, member.Member.Encoding), table, compared, agreed.Positive))];
        return new EnsembleRows(
            agreed, options, data, table, truth, sides,
            [.. sides.Select(side => side.Model.Predictor.Predict(side.Encoder.Encode(table), cancellationToken))], warn);
    }

    /// <summary>Trains the stacked model on all rows.</summary>
    public StackedFit Fit(CancellationToken cancellationToken) => FitStacking.Run(Stacked(), cancellationToken);

    /// <summary>What stacked models say of rows that they have not seen: each fold's rows by a model of all other folds.</summary>
    /// <returns>Shape [rows · classes], row-major.</returns>
    public double[] OutOfFold(CancellationToken cancellationToken)
    {
        StackedRows all = Stacked();
        double[] said = new double[Count * all.Classes];
        CrossValidationOptions dealing = new()
        {
            Performance = Data.Performance, Kind = TrainedKind.Logistic, Folds = Data.Folds, Seed = Data.Performance.Seed,
        };
        foreach (DealtFold fold in DealFolds.Run(Table, Array.ConvertAll(truth, code => (int)code), dealing).Folds)
        {
            // The form is chosen again in each fold: the rows that judge have no say in it.
            StackedFit fit = FitStacking.Run(all.Take(fold.Train), cancellationToken);
            double[] own = FitStacking.Predict(fit.Model, all.Take(fold.Test).Probabilities, all.Classes, all.Positive);
            for (int i = 0; i < fold.Test.Length; i++)
            {
                own.AsSpan(i * all.Classes, all.Classes).CopyTo(said.AsSpan(fold.Test[i] * all.Classes));
            }
        }

        return said;
    }

    private StackedRows Stacked()
    {
        IReadOnlyList<string> classes = Agreed.Classes!;
        IReadOnlyList<string> names = StackedFeatures.Names([.. Agreed.Members.Select(member => member.Member.Name)], classes);
        return new StackedRows(Combined(), truth, names, classes.Count, Agreed.PositivePlace, Data.Penalty, Options.Stacked, Data.Performance.Seed);
    }

    private static double[] Codes(Table table, string label, IReadOnlyList<string> classes)
    {
        Levels levels = Levels.Of(table.Need(label));
        int[] places = [.. levels.Names.Select(name => classes.ToList().IndexOf(name))];
        return Array.IndexOf(places, -1) is >= 0 and int unknown
            ? throw new InputException($"'{label}' holds '{levels.Names[unknown]}', which is none of the models' classes {string.Join(", ", classes)}.") { Column = label }
            : Array.ConvertAll(levels.Codes.ToArray(), code => (double)places[code]);
    }
}
