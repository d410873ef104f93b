using Governance.Audit.Data;
using Governance.Audit.Inference;
using Governance.Audit.Tests.Quarantine;
using Governance.Tests;
using Element = Governance.Audit.Inference.Graphs.TensorProto.Types.DataType;

namespace Governance.Audit.Tests.Inference;

public sealed class InspectModelTests
{
    [Fact]
    public async Task Lists_what_a_sound_model_holds()
    {
        InspectionReport report = InspectModel.Report(await GivenQuarantine.AdmitAsync(GivenModel.Logistic([2, -1], 0.5f)), default);

        Assert.Equal(8, report.IrVersion);
        Assert.Equal(15, report.Opsets["ai.onnx"]);
        Assert.Equal("governance-tests", report.Producer);
        Assert.Equal(new Dictionary<string, int> { ["Add"] = 1, ["MatMul"] = 1, ["Sigmoid"] = 1 }, report.Operators);
        Assert.Equal(3, report.Nodes);
        Assert.Equal(3, report.Parameters);
        Assert.Equal("tensor(float)", report.Inputs[0].Type);
        Assert.Equal([null, 2], report.Inputs[0].Shape);
        Assert.All(report.Checks, check => Assert.True(check.Ok, check.Message));
        Assert.Equal(
            ["exact", "kernel", "permutation", "owen", "linear", "occlusion", "saliency", "smoothgrad", "integrated-gradients", "expected-gradients"],
            report.Explainers.Where(method => method.Supported).Select(method => method.Method));
    }

    [Fact]
    public async Task Flags_outputs_that_are_no_probabilities()
    {
        byte[] file = new GivenModel().Input("x", Element.Float, null, 2).Node("Identity", ["x"], ["probabilities"]).Output("probabilities", Element.Float, null, 2).Build();

        Assert.Equal(["probabilities"], await FailedAsync(file));
    }

    [Fact]
    public async Task Flags_outputs_that_are_not_finite()
    {
        byte[] file = new GivenModel().Input("x", Element.Float, null, 1).Node("Log", ["x"], ["value"]).Output("value", Element.Float, null, 1).Build();

        Assert.Equal(["finite"], await FailedAsync(file));
    }

    [Fact]
    public async Task Flags_chance_and_refuses_rows_of_another_width_than_declared()
    {
        byte[] chance = new GivenModel().Input("x", Element.Float, null, 1).Node("RandomNormalLike", ["x"], ["value"]).Output("value", Element.Float, null, 1).Build();
        byte[] shape = new GivenModel().Input("x", Element.Float, null, 2).Node("ReduceMean", ["x"], ["value"], "", ("keepdims", 0L)).Output("value", Element.Float, null, 2).Build();

        Assert.Equal(["deterministic"], await FailedAsync(chance));
        InputException refusal = await Assert.ThrowsAsync<InputException>(() => GivenQuarantine.AdmitAsync(shape));
        Assert.Equal("The output 'value' gives [] a row, the file declares [2].", refusal.Message);
    }

    // The manifests were written by the library that converted the models.
    [SkippableTheory]
    [MemberData(nameof(ReferenceModelTests.Names), MemberType = typeof(ReferenceModelTests))]
    public async Task Agrees_with_the_manifests_of_the_reference_models(string name)
    {
        ReferenceModel reference = new(name);
        System.Text.Json.JsonElement manifest = System.Text.Json.JsonDocument.Parse(reference.Manifest).RootElement;

        InspectionReport report = InspectModel.Report(await GivenQuarantine.AdmitAsync(reference.File), default);

        Assert.Equal(manifest.GetProperty("sha256").GetString(), report.Sha256);
        Assert.Equal(manifest.GetProperty("ir_version").GetInt64(), report.IrVersion);
        Assert.Equal(manifest.GetProperty("nodes").GetInt32(), report.Nodes);
        Assert.Equal(manifest.GetProperty("operators").EnumerateArray().Select(op => op.GetString()!), report.Operators.Keys);
        Assert.Equal(
            manifest.GetProperty("opsets").EnumerateObject().ToDictionary(set => set.Name, set => set.Value.GetInt64()), report.Opsets);
        Assert.All(report.Checks, check => Assert.True(check.Ok, check.Message));
        OutputRole scores = report.Outputs.First(output => output.Name == manifest.GetProperty("output_roles").GetProperty("probabilities").GetString()).Role;
        Assert.Equal(
            manifest.GetProperty("output_roles").GetProperty("probabilities_kind").GetString()! switch
            {
                "logits" => OutputRole.Logits,
                "regression value [N,1]" => OutputRole.Value,
                _ => OutputRole.Probability,
            },
            scores);
    }

    private static async Task<IEnumerable<string>> FailedAsync(byte[] file) =>
        (await GivenQuarantine.AdmitAsync(file)).Checks.Where(check => !check.Ok).Select(check => check.Name);
}
