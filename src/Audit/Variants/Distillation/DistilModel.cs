using System.Globalization;
using System.Runtime.InteropServices;
using Google.Protobuf;
using Governance.Audit.Data;
using Governance.Audit.Encodings;
using Governance.Audit.Explanations;
using Governance.Audit.Inference;
using Governance.Audit.Inference.Graphs;
using Governance.Audit.Runs;
using Governance.Audit.Training.Students;

namespace Governance.Audit.Variants.Distillation;

/// <summary>Trains a student on a model's answers and gives it the model's inputs and outputs. Pure: the same bytes, rows and options give the same student.</summary>
internal static class DistilModel
{
    /// <summary>The fewest real rows: a quarter of them is held out, and a share of 25 rows is known to about 20 points.</summary>
    public const int LeastRows = 100;

    /// <summary>The most real rows that are learned from; of more, as many are drawn.</summary>
    public const int MostRows = 20_000;

    private const double HeldOutShare = 0.25;

    /// <summary>Trains, fits and measures.</summary>
    /// <param name="file">The parent.</param>
    /// <param name="rows">Readable rows.</param>
    /// <param name="recipe">Which student.</param>
    /// <param name="progress">Told how far it is; null for nobody.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="InputException">A student cannot learn from this model or these rows; the sentence says why.</exception>
    public static MadeVariant Run(byte[] file, VariantRows rows, VariantRecipe recipe, IRunProgress? progress, CancellationToken cancellationToken) =>
        Learn(file, rows, recipe, progress, cancellationToken).Made;

    /// <summary>The same, with the student itself and what it learned from.</summary>
    /// <exception cref="InputException">A student cannot learn from this model or these rows; the sentence says why.</exception>
    internal static (MadeVariant Made, Student Student, TaughtRows Taught) Learn(
        byte[] file, VariantRows rows, VariantRecipe recipe, IRunProgress? progress, CancellationToken cancellationToken)
    {
        using Teacher teacher = Teacher.Of(file, rows.Encoding, cancellationToken);
        (Student student, TaughtRows taught) = Taught(teacher, rows, recipe, progress, cancellationToken);
        ModelProto parent = ModelFile.Parse(file);
        double cut = teacher.Cut(taught.Learned, taught.Answers, cancellationToken);
        ModelProto model = StudentGraph.Fit(student.Export(teacher.Classes), parent, teacher, cut);
        byte[] made = model.ToByteArray();
        progress?.Report("Measuring the student", 0, 1);
        using Teacher learner = Teacher.Of(made, rows.Encoding, cancellationToken);
        Prediction ours = teacher.Predictor.Predict(taught.HeldOut.Batch, cancellationToken);
        Prediction theirs = learner.Predictor.Predict(taught.HeldOut.Batch, cancellationToken);
        StudentReport report = MeasureStudent.Run(
            teacher.Rule.Decide(ours, taught.HeldOut.Table, taught.HeldOut.Batch), learner.Rule.Decide(theirs, taught.HeldOut.Table, taught.HeldOut.Batch),
            teacher.Answer(taught.HeldOut.Batch, cancellationToken), [.. StudentFeatures.Of(taught.HeldOut.Batch).Select(row => student.Predict(row))],
            taught.HeldOut, Started(recipe, teacher, taught) with { Level = rows.Level }, recipe.Seed, cancellationToken);
        return (new MadeVariant(made, CountWeights.Replaced(parent, file.Length, model, made, Words(recipe))) { Student = report }, student, taught);
    }

    /// <summary>Splits the rows, adds redrawn ones, asks the teacher, and trains the student.</summary>
    internal static (Student Student, TaughtRows Taught) Taught(
        Teacher teacher, VariantRows rows, VariantRecipe recipe, IRunProgress? progress, CancellationToken cancellationToken)
    {
        if (rows.Table is not Table table || rows.Encoder is not RowEncoder encoder)
        {
            throw new InputException("A student learns from readable rows, not from tensors alone.");
        }

        if (table.Rows < LeastRows)
        {
            throw new InputException($"A student needs at least {LeastRows} rows, of which a quarter is held out to measure it on; there are {table.Rows}.");
        }

        progress?.Report("Asking the model", 0, 1);
        float[][] all = StudentFeatures.Of(rows.Batch);
        if (recipe.Student is StudentFamily.Logistic or StudentFamily.Network && all.Any(row => row.Any(float.IsNaN)))
        {
            throw new InputException("Some cells are empty and the model reads them as such: a logistic student or a network cannot. Students of trees can.");
        }

        (int[] learn, int[] aside) = Split(all, recipe.Seed);
        InputBatch learned = rows.Batch.Take(learn);
        int extra = (int)Math.Round(recipe.Redraw * learn.Length);
        InputBatch asked = extra == 0 ? learned : Joined(learned, RedrawnRows.Of(learned, encoder, extra, recipe.Seed));
        double[][] answers = teacher.Answer(asked, cancellationToken);
        float[][] features = StudentFeatures.Of(asked);
        progress?.Report("Training the student", 0, 1);
        string[] names = [.. encoder.Slots.Select(slot => slot.Name)];
        StudentOptions options = new() { Family = recipe.Student, Size = recipe.Size, Temperature = recipe.Temperature, Seed = recipe.Seed };
        Student student = TrainStudent.Run(names, features, answers, options, cancellationToken);
        return (student, new TaughtRows(learned, answers[..learned.Rows], extra, new HeldOutRows(table.Take(aside), rows.Batch.Take(aside), rows.Label)) { Names = names, Classes = teacher.Classes });
    }

    /// <summary>The report before anything is measured.</summary>
    internal static StudentReport Started(VariantRecipe recipe, Teacher teacher, TaughtRows taught) => new()
    {
        Family = recipe.Student,
        Task = teacher.Classes.Count == 0 ? "value" : "classes",
        Words = Words(recipe),
        LearnedRows = taught.Learned.Rows,
        RedrawnRows = taught.Redrawn,
        HeldOutRows = taught.HeldOut.Table.Rows,
    };

    // Rows that are equal to the model go to the same side, so that no held-out row was learned from.
    private static (int[] Learn, int[] Aside) Split(float[][] rows, int seed)
    {
        SeededRandom random = new(seed, 61);
        Dictionary<string, bool> sides = new(StringComparer.Ordinal);
        List<int> learn = [], aside = [];
        for (int row = 0; row < rows.Length; row++)
        {
            string key = Convert.ToHexString(MemoryMarshal.AsBytes<float>(rows[row]));
            if (!sides.TryGetValue(key, out bool held))
            {
                sides.Add(key, held = random.NextDouble() < HeldOutShare);
            }

            (held ? aside : learn).Add(row);
        }

        if (learn.Count == 0 || aside.Count < LeastRows / 10)
        {
            throw new InputException($"There are only {sides.Count} different rows, too few to learn from some and measure on others.");
        }

        for (int i = 0; i < Math.Min(MostRows, learn.Count) && learn.Count > MostRows; i++)
        {
            int other = i + random.NextBelow(learn.Count - i);
            (learn[i], learn[other]) = (learn[other], learn[i]);
        }

        return ([.. learn.Take(MostRows).Order()], [.. aside]);
    }

    private static InputBatch Joined(InputBatch first, InputBatch second) => InputBatch.Gather(
        [.. Enumerable.Range(0, first.Rows).Select(row => (first, row)), .. Enumerable.Range(0, second.Rows).Select(row => (second, row))], first.Rows + second.Rows);

    private static string Words(VariantRecipe recipe) =>
        $"replaced by {RecipeWords.Student(recipe)}, trained on the model's own answers"
        + (recipe.Temperature == 1 ? "" : $" at temperature {recipe.Temperature.ToString("0.##", CultureInfo.InvariantCulture)}");
}

/// <summary>What a student learned from, and what was kept from it.</summary>
/// <param name="Learned">Real rows that were learned from.</param>
/// <param name="Answers">What the teacher says of them.</param>
/// <param name="Redrawn">How many redrawn rows were learned from besides.</param>
/// <param name="HeldOut">Real rows that were not.</param>
internal sealed record TaughtRows(InputBatch Learned, double[][] Answers, int Redrawn, HeldOutRows HeldOut)
{
    /// <summary>Shape [features]: what each number is.</summary>
    public IReadOnlyList<string> Names { get; init; } = [];

    /// <summary>The classes in the order of the answers; empty for a value.</summary>
    public IReadOnlyList<string> Classes { get; init; } = [];
}
