using System.Globalization;
using System.Text;
using Governance.Audit.Data;
using Governance.Registry.Versions;
using Governance.Registry.Yaml;

namespace Governance.Portal.Protocols.MlflowRegistry;

/// <summary>The file MLmodel, in which MLflow describes a folder with a model: read for the name of the ONNX file, written for versions.</summary>
internal static class MlmodelFile
{
    /// <summary>The ONNX file that it names; null where it has no ONNX flavour.</summary>
    /// <param name="text">The file, UTF-8.</param>
    /// <exception cref="InputException">It cannot be read.</exception>
    public static string? OnnxDataOf(byte[] text)
    {
        try
        {
            YamlMap root = YamlText.Read(new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(text), "MLmodel", "flavors");
            return Find(Find(Find(root, "flavors"), "onnx"), "data") is YamlScalar data ? data.Text : null;
        }
        catch (Exception fault) when (fault is YamlFaultException or DecoderFallbackException)
        {
            throw new InputException($"The file MLmodel cannot be read. {(fault is YamlFaultException ? fault.Message : "It is no UTF-8.")}", fault);
        }
    }

    /// <summary>What is said of a version, so that MLflow's ONNX loader finds its file.</summary>
    /// <param name="model">The model's name.</param>
    /// <param name="version">The version.</param>
    public static byte[] Write(string model, ModelVersion version) => Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"""
        flavors:
          onnx:
            data: {ProxyPath.ModelFile}
            save_as_external_data: false
          python_function:
            data: {ProxyPath.ModelFile}
            loader_module: mlflow.onnx
        metadata:
          governance_artifact_sha256: {version.Artifact.Hex}
          governance_digest: {version.Digest.Hex}
          governance_version: '{model}/{version.Number}'
        utc_time_created: '{version.RegisteredAt.UtcDateTime:yyyy-MM-dd HH:mm:ss.ffffff}'

        """));

    private static YamlNode? Find(YamlNode? node, string key) =>
        (node as YamlMap)?.Entries.FirstOrDefault(entry => entry.Key.Text == key).Value;
}
