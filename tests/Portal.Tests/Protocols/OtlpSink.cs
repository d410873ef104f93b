using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Governance.Portal.Tests.Protocols;

/// <summary>A collector on loopback that keeps the bytes that it is sent.</summary>
internal sealed class OtlpSink : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly ConcurrentQueue<(string Path, string? Type, byte[] Body)> received = new();

    private OtlpSink(WebApplication app) => this.app = app;

    /// <summary>Where it listens.</summary>
    public Uri Address => new(app.Urls.Single());

    /// <summary>Starts one.</summary>
    public static async Task<OtlpSink> StartAsync()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        WebApplication app = builder.Build();
        OtlpSink sink = new(app);
        app.MapPost("/{**path}", async (HttpRequest request) =>
        {
            using MemoryStream body = new();
            await request.Body.CopyToAsync(body);
            sink.received.Enqueue((request.Path, request.ContentType, body.ToArray()));
        });
        await app.StartAsync();
        return sink;
    }

    /// <summary>Waits for a message to the address of metrics that holds all of these texts.</summary>
    public async Task<bool> HasAsync(params string[] texts)
    {
        for (int beat = 0; beat < 300; beat++)
        {
            if (received.Any(message => message is { Path: "/v1/metrics", Type: "application/x-protobuf" }
                && texts.All(text => message.Body.AsSpan().IndexOf(Encoding.UTF8.GetBytes(text)) >= 0)))
            {
                return true;
            }

            await Task.Delay(50);
        }

        return false;
    }

    /// <summary>Whether anything that was sent holds a text.</summary>
    public bool Holds(string text) => received.Any(message => message.Body.AsSpan().IndexOf(Encoding.UTF8.GetBytes(text)) >= 0);

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
    }
}
