using Governance.Audit.Data;
using Governance.Audit.Encodings;
using Governance.Audit.Inference;
using Governance.Tests;

namespace Governance.Audit.Tests.Inference;

/// <summary>All 18 reference models against the outputs of the library that trained them.</summary>
public sealed class ReferenceModelTests
{
    private static readonly PredictorOptions Cpu = new() { Provider = "cpu" };

    public static TheoryData<string> Names => new(
        "adult_gbt", "adult_logreg", "attrition_income_rf", "digits_cnn", "digits_lstm", "digits_rf", "digits_transformer",
        "german_credit_logreg", "german_credit_mlp", "german_credit_pipeline", "hmda_biased", "hmda_extracted_copy",
        "hmda_fair", "hmda_gbt", "hmda_logreg", "hmda_noised_clone", "hmda_pipeline", "tokens_transformer");

    [SkippableTheory]
    [MemberData(nameof(Names))]
    public void Agree_from_their_input_columns(string name)
    {
        ReferenceModel reference = new(name);
        using OnnxPredictor model = OnnxPredictor.Load(reference.File, Cpu, default);

        Assert.InRange(reference.WorstError(model.Predict(reference.Encode(), default)), 0, 1);
    }

    // The reference rows are the first of the validation split, so its readable rows must give the same outputs.
    [SkippableTheory]
    [MemberData(nameof(Names))]
    public void Agree_from_the_readable_rows_by_their_manifest(string name)
    {
        ReferenceModel reference = new(name);
        using FileStream stream = File.OpenRead(Reference.Path("data", "datasets", reference.Dataset, "validation.csv"));
        Table table = CsvTable.Read(stream, default).Head(reference.Rows.Rows);
        using OnnxPredictor model = OnnxPredictor.Load(reference.File, Cpu, default);

        InputBatch batch = new RowEncoder(model.Signature, ModelEncoding.Read(reference.Manifest)).Encode(table);

        Assert.InRange(reference.WorstError(model.Predict(batch, default)), 0, 1);
    }

    [SkippableFact]
    public void The_biased_model_gives_the_same_from_readable_and_from_encoded_rows()
    {
        ReferenceModel reference = new("hmda_biased");
        using FileStream stream = File.OpenRead(Reference.Path("data", "datasets", "hmda", "test.csv"));
        Table readable = CsvTable.Read(stream, default);
        using OnnxPredictor model = OnnxPredictor.Load(reference.File, Cpu, default);
        RowEncoder encoder = new(model.Signature, ModelEncoding.Read(reference.Manifest));

        // The oracle encodes by hand: numbers as floats, yes as 1 and no as 0, in the order of the slots.
        float[] byHand = [.. Enumerable.Range(0, readable.Rows).SelectMany(row => encoder.Slots.Select(slot =>
            readable.Need(slot.Column).Text(row) switch { "yes" => 1f, "no" => 0f, string number => float.Parse(number), null => float.NaN }))];

        Prediction fromReadable = model.Predict(encoder.Encode(readable), default);
        Prediction fromEncoded = model.Predict(new InputBatch([new InputTensor("input", byHand, 13, [13])]), default);

        Assert.Equal(fromEncoded["probabilities"].Numbers!, fromReadable["probabilities"].Numbers!);
        Assert.Equal(fromEncoded["label"].Numbers!, fromReadable["label"].Numbers!);
    }
}
