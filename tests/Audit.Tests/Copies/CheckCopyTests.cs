using System.Security.Cryptography;
using Governance.Audit.Copies;
using Governance.Audit.Data;
using Governance.Audit.Encodings;
using Governance.Audit.Inference.Graphs;
using Governance.Tests;
using Google.Protobuf;

namespace Governance.Audit.Tests.Copies;

public sealed class CheckCopyTests
{
    [SkippableTheory]
    [InlineData("hmda_extracted_copy", "train.csv", CopyVerdict.Consistent)]
    [InlineData("hmda_extracted_copy", "validation.csv", CopyVerdict.Consistent)]
    [InlineData("hmda_noised_clone", "test.csv", CopyVerdict.Consistent)]
    [InlineData("hmda_logreg", "train.csv", CopyVerdict.NoSign)]
    [InlineData("hmda_logreg", "test.csv", CopyVerdict.NoSign)]
    [InlineData("hmda_biased", "train.csv", CopyVerdict.NoSign)]
    public void The_known_copies_of_the_mortgage_model_are_told_from_the_others(string suspect, string data, CopyVerdict verdict)
    {
        CopyReport report = Check(suspect, "hmda_gbt", data, secret: 1);

        Assert.True(report.Verdict == verdict, report.Sentence + " " + string.Join(' ', report.Evidence.Select(piece => piece.Sentence)));
        Assert.DoesNotContain("proof", report.Sentence.Replace("not proof", "", StringComparison.Ordinal), StringComparison.OrdinalIgnoreCase);
    }

    [SkippableFact]
    public void A_given_control_counts_without_any_label()
    {
        CopyQuestion question = Question("hmda_extracted_copy", "hmda_gbt", "test.csv", 1);
        Table data = new([.. question.Data.Columns.Where(column => column.Name != "deny")]);
        GivenControl control = new("hmda_logreg", Model("hmda_logreg"), Encoding("hmda_logreg"));

        CopyReport alone = CheckCopy.Run(question with { Data = data }, null, default);
        CopyReport controlled = CheckCopy.Run(question with { Data = data, Controls = [control] }, null, default);

        Assert.Equal(CopyVerdict.CannotTell, alone.Verdict);
        Assert.Empty(alone.Behaviour!.Controls);
        Assert.Equal("hmda_logreg", Assert.Single(controlled.Behaviour!.Controls).Name);
        Assert.NotEqual(CopyVerdict.NoSign, controlled.Verdict);
    }

    [SkippableFact]
    public void The_same_file_is_the_same_file()
    {
        CopyReport report = Check("hmda_gbt", "hmda_gbt", "test.csv", 2);

        Assert.Equal(CopyVerdict.Consistent, report.Verdict);
        Assert.Contains(report.Evidence, piece => piece is { Kind: "digest", Verdict: CopyVerdict.Consistent });
    }

    // Another logistic regression of the same data: linear models are what their data makes them.
    [SkippableFact]
    public void Two_linear_models_of_the_same_data_cannot_be_told_apart()
    {
        Assert.NotEqual(CopyVerdict.Consistent, Check("hmda_fair", "hmda_logreg", "train.csv", 1).Verdict);

        // One of the twelve numbers happens to agree in its leading digits.
        Assert.InRange(Check("hmda_fair", "hmda_logreg", "train.csv", 1).Weights!.Shared, 0, 0.1);
    }

    // hmda_biased is hmda_logreg with one coefficient set by hand (samples/README.md): a copy, changed.
    [SkippableFact]
    public void A_copy_with_one_coefficient_changed_is_found_by_the_others()
    {
        CopyReport report = Check("hmda_biased", "hmda_logreg", "test.csv", 1);

        Assert.Equal(CopyVerdict.Consistent, report.Verdict);
        Assert.Equal(CopyVerdict.Consistent, Assert.Single(report.Evidence, piece => piece.Kind == "weights").Verdict);
    }

    [SkippableFact]
    public void Exchanged_labels_renamed_inputs_and_another_order_of_features_do_not_hide_a_clone()
    {
        ModelProto file = ModelProto.Parser.ParseFrom(Model("hmda_noised_clone"));
        NodeProto trees = file.Graph.Node[0];
        AttributeProto At(string name) => trees.Attribute.First(attribute => attribute.Name == name);
        foreach (string name in (string[])["class_weights", "base_values"])
        {
            float[] turned = [.. At(name).Floats.Select(weight => -weight)];
            At(name).Floats.Clear();
            At(name).Floats.AddRange(turned);
        }

        file.Graph.Input[0].Name = trees.Input[0] = "anything";
        CopyQuestion question = Question("hmda_noised_clone", "hmda_gbt", "test.csv", 3);
        CopyReport swapped = CheckCopy.Run(question with { Suspect = file.ToByteArray(), SuspectEncoding = null }, null, default);
        long[] order = [.. At("nodes_featureids").Ints.Select(feature => (feature * 5) % 13)];
        At("nodes_featureids").Ints.Clear();
        At("nodes_featureids").Ints.AddRange(order);
        CopyReport moved = CheckCopy.Run(question with { Suspect = file.ToByteArray(), SuspectEncoding = null }, null, default);

        Assert.True(swapped.Behaviour is { ClassesMoved: true, Suspect.Correlation: > 0.99 });
        Assert.Equal(CopyVerdict.Consistent, swapped.Verdict);
        Assert.True(moved.Trees is { Rewritten: true, Share: > 0.7 }, $"{moved.Trees}");
        Assert.Equal(CopyVerdict.Consistent, moved.Verdict);
    }

    // Committed models: neither is a copy of the other.
    [Fact]
    public void The_sample_models_are_no_copies_of_each_other()
    {
        CopyQuestion question = new()
        {
            Suspect = Sample("models", "hmda_fair", "model.onnx"),
            Model = Sample("models", "hmda_biased", "model.onnx"),
            Encoding = ModelEncoding.Read(Sample("models", "hmda_biased", "manifest.json")),
            Data = Read(Sample("hmda", "test.csv")),
            Secret = SHA256.HashData([9]),
        };

        CopyReport report = CheckCopy.Run(question, null, default);

        Assert.NotEqual(CopyVerdict.Consistent, report.Verdict);
        Assert.Equal((ModelFamily.Linear, ModelFamily.Linear), (report.Graph.SuspectFamily, report.Graph.ModelFamily));
    }

    [Fact]
    public void A_suspect_of_another_shape_is_judged_by_what_can_be_seen()
    {
        CopyQuestion question = new()
        {
            Suspect = GivenModel.Logistic([1, 2], 0.5f),
            Model = Sample("models", "hmda_biased", "model.onnx"),
            Encoding = ModelEncoding.Read(Sample("models", "hmda_biased", "manifest.json")),
            Data = Read(Sample("hmda", "test.csv")),
            Secret = SHA256.HashData([9]),
        };

        CopyReport report = CheckCopy.Run(question, null, default);

        Assert.Equal(CopyVerdict.CannotTell, report.Verdict);
        Assert.Null(report.Behaviour);
        Assert.Contains("could not be asked", report.BehaviourReason, StringComparison.Ordinal);
    }

    private static CopyReport Check(string suspect, string model, string data, byte secret) =>
        CheckCopy.Run(Question(suspect, model, data, secret), null, default);

    private static CopyQuestion Question(string suspect, string model, string data, byte secret) => new()
    {
        Suspect = Model(suspect),
        Model = Model(model),
        Encoding = Encoding(model),
        Data = Read(File.ReadAllBytes(Reference.Path("data", "datasets", "hmda", data))),
        Secret = SHA256.HashData([secret]),
    };

    private static byte[] Model(string name) => File.ReadAllBytes(Reference.Path("data", "models", name, "model.onnx"));

    private static ModelEncoding Encoding(string name) =>
        ModelEncoding.Read(File.ReadAllBytes(Reference.Path("data", "models", name, "manifest.json")));

    private static byte[] Sample(params string[] parts) => File.ReadAllBytes(Path.Combine([Reference.Repository, "samples", .. parts]));

    private static Table Read(byte[] csv) => CsvTable.Read(new MemoryStream(csv), default);
}
