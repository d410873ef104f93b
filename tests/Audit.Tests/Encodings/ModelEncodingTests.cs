using System.Text;
using Governance.Audit.Data;
using Governance.Audit.Encodings;
using Governance.Audit.Inference;

namespace Governance.Audit.Tests.Encodings;

public sealed class ModelEncodingTests
{
    private const string Contract = """
        {"inputs":[{"name":"x","shape":["N",3],"normalised":{"mean":0.5,"std":[0.25]},"features":[
            {"name":"age","column":"age","kind":"numeric","missing":-1},
            {"name":"sex","column":"sex","kind":"map","map":{"f":0,"m":1},"unseen":0.5},
            {"name":"city=A","column":"city","kind":"onehot","level":"A","missing":"A","unseen":"error"}]}],
         "outputs":[{"name":"p","role":"probability","classes":["no","yes"]}],
         "label":{"column":"deny","positive":"yes","favourable":"no"},"threshold":0.4,
         "groups":{"person":["age","sex"]}}
        """;

    private const string Manifest = """
        {"inputs":[{"name":"x","dtype":"float32","shape":["N",4],"feature_order":["age","sex","c=Mexico","c=Other"]}],
         "output_roles":{"label":"label","probabilities":"p","probabilities_kind":"probabilities"},
         "class_labels":[0,1],"positive_class":{"id":1,"meaning":">50K","other":"<=50K"},
         "preprocessing":{"description":"sex: M 1, F 0; others numeric as they are","features":[
            {"name":"c=Mexico","column":"country_group","kind":"onehot","level":"Mexico","missing_as":"Unknown"},
            {"name":"c=Other","column":"country_group","kind":"onehot","level":"Other","missing_as":"Unknown"}],
            "derived":"country_group = country if United-States or Mexico, 'Unknown' if missing, else 'Other'"}}
        """;

    [Fact]
    public void Reads_the_JSON_of_the_contract()
    {
        ModelEncoding encoding = Read(Contract);

        Assert.Equal([null, 3], encoding.Inputs[0].Shape!);
        Assert.Equal(0.75, encoding.Inputs[0].Normalised!.Share(2, 1));
        Assert.Equal(CellRule.Of(-1), encoding.Inputs[0].Features[0].Missing);
        Assert.Equal(CellRule.Error, encoding.Inputs[0].Features[1].Missing);
        Assert.Equal(CellRule.Of(0.5), encoding.Inputs[0].Features[1].Unseen);
        Assert.Equal(CellRule.Of("A"), encoding.Inputs[0].Features[2].Missing);
        Assert.Equal(new LabelMeaning("deny", "yes", "no"), encoding.Label);
        Assert.Equal(OutputRole.Probability, encoding.Outputs[0].Role);
        Assert.Equal(["no", "yes"], encoding.Outputs[0].Classes!);
        Assert.Equal(0.4, encoding.Threshold);
        Assert.Equal(["age", "sex"], encoding.Groups["person"]);
    }

    [Fact]
    public void Reads_the_blocks_of_a_manifest_as_one()
    {
        ModelEncoding encoding = Read(Manifest);
        IReadOnlyList<EncodedFeature> features = encoding.Inputs[0].Features;

        Assert.Equal([FeatureKind.Numeric, FeatureKind.Map, FeatureKind.Onehot, FeatureKind.Onehot], features.Select(feature => feature.Kind));
        Assert.Equal(0, features[1].Map!["F"]);
        Assert.Equal("country", features[2].Column);
        Assert.Equal(CellRule.Of("Other"), features[2].Unseen);
        Assert.Equal(["<=50K", ">50K"], encoding.Outputs[1].Classes!);
        Assert.Equal(">50K", encoding.Label!.Positive);
    }

    [Fact]
    public void Spelling_and_order_of_keys_do_not_change_the_digest_but_meaning_does()
    {
        string respelt = Contract.Replace("\"threshold\":0.4,", "", StringComparison.Ordinal)
            .Replace("{\"inputs\"", "{ \"threshold\": 4e-1, \"note\": \"x\", \"inputs\"", StringComparison.Ordinal)
            .Replace("\"name\":\"age\",\"column\":\"age\",\"kind\":\"numeric\"", "\"kind\":\"numeric\",\"name\":\"age\"", StringComparison.Ordinal);

        Assert.Equal(Read(Contract).Sha256, Read(respelt).Sha256);
        Assert.NotEqual(Read(Contract).Sha256, Read(Contract.Replace("0.4", "0.41", StringComparison.Ordinal)).Sha256);
    }

    [Fact]
    public void Canonical_bytes_are_themselves_an_encoding_with_the_same_bytes()
    {
        foreach (string text in (string[])[Contract, Manifest])
        {
            byte[] canonical = Read(text).CanonicalBytes();

            Assert.Equal(canonical, ModelEncoding.Read(canonical).CanonicalBytes());
        }
    }

    [Theory]
    [InlineData("[]", "not a JSON object")]
    [InlineData("{", "not valid JSON")]
    [InlineData("{\"inputs\":[{\"name\":\"\\ud800\"}]}", "Unicode")]
    [InlineData("{}", "no inputs")]
    [InlineData("{\"inputs\":[{\"features\":[]}]}", "lacks 'name'")]
    [InlineData("{\"inputs\":[{\"name\":\"x\",\"features\":[{\"name\":\"a\",\"kind\":\"hex\"}]}]}", "'hex'")]
    [InlineData("{\"inputs\":[{\"name\":\"x\",\"features\":[{\"name\":\"a\",\"kind\":\"map\"}]}]}", "no map")]
    [InlineData("{\"inputs\":[{\"name\":\"x\",\"features\":[{\"name\":\"a\",\"kind\":\"onehot\"}]}]}", "lacks 'level'")]
    [InlineData("{\"inputs\":[{\"name\":\"x\"}],\"outputs\":[{\"name\":\"p\",\"role\":\"magic\"}]}", "'magic'")]
    [InlineData("{\"inputs\":[{\"name\":\"x\"}],\"threshold\":\"high\"}", "'threshold'")]
    [InlineData("{\"inputs\":[{\"name\":\"x\"}],\"threshold\":1e999}", "'threshold'")]
    [InlineData("{\"inputs\":[{\"name\":\"x\"},{\"name\":\"x\"}]}", "'x' twice")]
    [InlineData("{\"inputs\":[{\"name\":\"x\",\"features\":[{\"name\":\"a\"},{\"name\":\"a\"}]}]}", "'a' twice")]
    [InlineData("{\"inputs\":[{\"name\":\"x\",\"features\":[{\"name\":\"a\",\"kind\":\"map\",\"map\":{\"l\":\"one\"}}]}]}", "for l")]
    [InlineData("{\"inputs\":[{\"name\":\"x\",\"normalised\":1}]}", "no object with mean and std")]
    [InlineData("{\"inputs\":[{\"name\":\"x\",\"normalised\":{\"mean\":0}}]}", "no 'std'")]
    [InlineData("{\"inputs\":[{\"name\":\"x\",\"normalised\":{\"mean\":[0,0,0],\"std\":1}}]}", "as many numbers of mean as of std")]
    [InlineData("{\"inputs\":[{\"name\":\"x\",\"normalised\":{\"mean\":0,\"std\":0}}]}", "std above 0")]
    public void Refuses_what_is_no_encoding_and_names_the_part(string json, string what) =>
        Assert.Contains(what, Assert.Throws<InputException>(() => Read(json)).Message, StringComparison.Ordinal);

    private static ModelEncoding Read(string json) => ModelEncoding.Read(Encoding.UTF8.GetBytes(json));
}
