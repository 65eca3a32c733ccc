# Read docs/operations.md, "Production". Versions are those of deploy/versions.ts; a test compares them.
ARG NODE_IMAGE=node:20.19.5-bookworm-slim

# Builds the console, with everything that takes.
FROM ${NODE_IMAGE} AS console
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci
COPY . .
RUN npm run build

# What production needs of the packages, and no more.
FROM ${NODE_IMAGE} AS packages
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --omit=dev && npm cache clean --force

FROM ${NODE_IMAGE}
ENV NODE_ENV=production
WORKDIR /app
COPY --from=packages /app/node_modules ./node_modules
COPY package.json package-lock.json ./
COPY bin ./bin
COPY scripts ./scripts
COPY plans ./plans
COPY src ./src
COPY --from=console /app/console/dist ./console/dist
# The workflows' bundle, so that the root of the running container can be read-only.
RUN node --import tsx scripts/bundle-workflows.ts /app/cache && chmod -R a+rX /app
USER 1000:1000
EXPOSE 8420
CMD ["node", "--import", "tsx", "src/server.ts"]
