using Governance.Audit.Data;
using Governance.Audit.Encodings;
using Governance.Audit.Explanations;
using Governance.Audit.Explanations.Profiles;
using Governance.Audit.Inference;

namespace Governance.Audit.Tests.Explanations.Profiles;

/// <summary>A function of readable rows seen as a model: numbers as they are, text one-hot in the order of its levels.</summary>
internal sealed class GivenProfile
{
    private readonly Func<double[], double[]> model;
    private readonly int outputs;

    public GivenProfile(Table table, Func<double[], double> model)
        : this(table, 1, row => [model(row)])
    {
    }

    public GivenProfile(Table table, int outputs, Func<double[], double[]> model)
    {
        Table = table;
        this.model = model;
        this.outputs = outputs;
        EncodedFeature[] features =
        [
            .. table.Columns.SelectMany(column => column is TextColumn text
                ? text.Levels.Order(StringComparer.Ordinal).Select(level => Feature($"{column.Name}={level}", column.Name, level))
                : [Feature(column.Name, column.Name, null)]),
        ];
        Encoder = new RowEncoder(
            new ModelSignature([new InputSpec("x", TensorKind.Double, [features.Length], 0)], []),
            new ModelEncoding { Inputs = [new EncodedInput("x", null, features)] });
        Encoded = Encoder.Encode(table);
    }

    public Table Table { get; }

    public RowEncoder Encoder { get; }

    public InputBatch Encoded { get; }

    public static Table Random(int rows, int seed, params string[] names)
    {
        SeededRandom random = new(seed, 5);
        return new Table([.. names.Select(name =>
        {
            double[] values = new double[rows];
            for (int row = 0; row < rows; row++)
            {
                values[row] = Math.Round((4 * random.NextDouble()) - 1, 3);
            }

            return new NumberColumn(name, values);
        })]);
    }

    public double[] Score(InputBatch rows, CancellationToken cancellationToken)
    {
        double[] values = (double[])rows.Tensors[0].Values;
        int width = rows.Tensors[0].Width;
        return [.. Enumerable.Range(0, rows.Rows).SelectMany(row => model(values[(row * width)..((row + 1) * width)]))];
    }

    public double Of(params double[] row) => model(row)[0];

    public ReadableColumn Column(string name) => ReadableColumn.Of(Encoder, Table, Encoded, name);

    public ProfileAxis Axis(string name, int points = 6, string spacing = "quantile", string order = "auto") =>
        LayAxis.Make(Column(name), Encoder, Table, new AxisOptions { Points = points, Spacing = spacing, Order = order }, _ => { });

    public ProfileReport Run(ProfileKind kind, IReadOnlyList<ProfileAxis> axes, double[]? weights = null, int threads = 1, bool centred = false, int resamples = 20) =>
        ProfileModel.Run(
            new ProfileRequest
            {
                Model = Score,
                Outputs = outputs,
                Output = "f",
                Rows = Encoded,
                Weights = weights,
                Axes = axes,
                Kind = kind,
                Centred = centred,
                Resamples = resamples,
                Seed = 3,
                Threads = threads,
            },
            null, TimeProvider.System, default);

    public double[] Curve(ProfileKind kind, ProfileAxis axis, double[]? weights = null) =>
        [.. Run(kind, [axis], weights).Profiles[0].Values.Select(row => row[0])];

    private static EncodedFeature Feature(string name, string column, string? level) => new()
    {
        Name = name,
        Column = column,
        Kind = level is null ? FeatureKind.Numeric : FeatureKind.Onehot,
        Level = level,
        Missing = level is null ? CellRule.NaN : CellRule.Ignore,
        Unseen = CellRule.Ignore,
    };
}
