using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using AngleSharp.Html.Dom;
using Governance.Portal.Tests.CommandLine;
using Governance.Tests;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Governance.Portal.Tests.Uploads;

/// <summary>
/// A model with random weights goes the whole way through the real program, which then dies on an abort signal: no 32
/// bytes of the weights in a row lie in any file that it could write, nor did any temporary file while it ran.
/// </summary>
public sealed class PlantTests
{
    private const int Features = 4_000; // 16 kB a column of weights; with the hidden layer past the 64 KiB of the framework's forms
    private const int Hidden = 8;

    private const string ModelEncoding = """
        {"inputs":[{"name":"x","features":[
          {"name":"a","column":"a","kind":"numeric"},{"name":"b","column":"b","kind":"numeric"},
          {"name":"c","column":"c","kind":"numeric"},{"name":"d","column":"d","kind":"numeric"}]}],
         "outputs":[{"name":"prob","role":"probability","classes":["0","1"]}],
         "label":{"column":"label","positive":"1","favourable":"1"},"threshold":0.5}
        """;

    [Fact]
    public async Task No_window_of_the_weights_lies_in_any_file()
    {
        await using ServedPortal portal = await ServedPortal.MakeAsync("plant");
        float[] weights = Weights();
        ConcurrentDictionary<string, byte> seen = new();
        using FileSystemWatcher watcher = new(portal.Temporary) { IncludeSubdirectories = true };
        watcher.Created += (_, created) => seen.TryAdd(Path.GetFileName(created.FullPath), 0);
        watcher.EnableRaisingEvents = true;
        await portal.StartAsync();
        using (SignedInClient dev = await portal.SignInAsync())
        {
            await UseAsync(portal, dev, Model(weights));
        }

        CommandRun backup = await CommandRun.OfAsync("backup", "--out", Path.Combine(portal.Folder, "backup"), "--data", portal.Data);
        Assert.True(backup.Code == 0, backup.Error);

        await AbortAsync(portal);
        byte[] raw = MemoryMarshal.AsBytes<float>(weights).ToArray();
        Assert.Empty(Planted.FilesWith(raw, portal.Folder));
        Assert.DoesNotContain(Directory.GetFiles(portal.Folder, "*", SearchOption.AllDirectories), path => Path.GetFileName(path).StartsWith("core", StringComparison.Ordinal));
        Assert.DoesNotContain(seen.Keys, name => name.StartsWith("ASPNETCORE", StringComparison.OrdinalIgnoreCase));

        // The search finds what it looks for: the same bytes, at an odd place of a file.
        await File.WriteAllBytesAsync(Path.Combine(portal.Temporary, "leak"), [1, .. raw[4_321..(4_321 + 32)], 2]);
        Assert.Single(Planted.FilesWith(raw, portal.Folder));
    }

    // By the form without script, by program, audited, explained, and left half sent.
    private static async Task UseAsync(ServedPortal portal, SignedInClient dev, byte[] model)
    {
        await dev.SendFileAsync("/models/plant/versions/new", "plant.onnx", model);
        await dev.UploadAsync(dev.Address, "#note", [("Form.Encoding", Encoding.UTF8.GetBytes(ModelEncoding))]);
        Assert.Equal("/models/plant/versions/1/overview", dev.Address);
        await dev.SendFileAsync("/datasets/new", "rows.csv", Rows());
        await dev.SubmitAsync(dev.Address, "#favourable", ("Form.Name", "rows"), ("Form.Title", "Rows"));
        Assert.Equal("/datasets/rows", dev.Address);
        IHtmlDocument asked = await dev.SubmitAsync(
            "/models/plant/versions/1/overview?data=rows", "#audit-name",
            ("Form.Name", "Plant"), ("Form.Rows", "1"), ("Form.Samples", "8"), ("Form.BackgroundRows", "2"));
        Assert.Contains("Plant", asked.Body!.TextContent, StringComparison.Ordinal);
        await EndOfRunAsync(portal);
        await dev.GetAsync("/models/plant/versions/1/explain");

        using HttpResponseMessage begun = await dev.CallAsync(
            HttpMethod.Post, "/api/v1/uploads", JsonContent.Create(new { kind = "model", fileName = "again.onnx", length = model.Length, model = "plant" }));
        string id = (await begun.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString()!;
        using HttpResponseMessage half = await dev.CallAsync(
            HttpMethod.Patch, $"/api/v1/uploads/{id}", new ByteArrayContent(model, 0, model.Length / 2), ("Upload-Offset", "0"));
        Assert.Equal(HttpStatusCode.OK, half.StatusCode);
    }

    private static async Task EndOfRunAsync(ServedPortal portal)
    {
        await using ServiceProvider registry = portal.OpenRegistry();
        await registry.SealedAsync(runs => runs);
    }

    // SIGABRT writes a core file where that is not forbidden. The runtime takes the first one for itself.
    private static async Task AbortAsync(ServedPortal portal)
    {
        using Process victim = Process.GetProcessById(portal.ProcessId);
        for (int signal = 0; signal < 20 && !victim.HasExited; signal++)
        {
            using Process kill = Process.Start("/bin/kill", $"-ABRT {portal.ProcessId}");
            await kill.WaitForExitAsync();
            await Task.Delay(500);
        }

        Assert.True(victim.HasExited);
    }

    private static float[] Weights()
    {
        Random random = new(2_611);
        return [.. Enumerable.Range(0, Features * Hidden).Select(_ => (random.NextSingle() - 0.5f) / 100)];
    }

    private static byte[] Model(float[] weights) => new GivenModel()
        .Input("x", Audit.Inference.Graphs.TensorProto.Types.DataType.Float, null, 4)
        .Weights("spread", [4, Features], [.. Enumerable.Range(0, 4 * Features).Select(i => i % 7 == 0 ? 1f : 0f)])
        .Weights("w", [Features, Hidden], weights)
        .Weights("sum", [Hidden, 2], [.. Enumerable.Range(0, 2 * Hidden).Select(i => i % 2 == 0 ? -1f : 1f)])
        .Node("MatMul", ["x", "spread"], ["wide"])
        .Node("MatMul", ["wide", "w"], ["hidden"])
        .Node("MatMul", ["hidden", "sum"], ["z"])
        .Node("Softmax", ["z"], ["prob"])
        .Output("prob", Audit.Inference.Graphs.TensorProto.Types.DataType.Float, null, 2)
        .Build();

    private static byte[] Rows()
    {
        StringBuilder text = new("a,b,c,d,label\n");
        for (int row = 0; row < 40; row++)
        {
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"{row % 5},{row % 3},{row % 7},{row % 2},{(row % 4 == 0 ? 1 : 0)}\n");
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }
}
